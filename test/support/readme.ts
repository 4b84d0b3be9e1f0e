import { readFileSync } from 'node:fs';

const whole = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** Its commands build on one another: they have a test of their own. */
export const reviewersDay = /\n## A reviewer's day\n[\s\S]*?(?=\n## )/.exec(whole)?.[0] ?? '';

/** The README without it. */
export const readme = whole.replace(reviewersDay, '');

export interface Block {
  language: string;
  body: string;
}

/** The pieces of code in a text, in their order. */
export const blocksOf = (text: string): Block[] =>
  [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language = '', body = '']) => ({
    language,
    body: body.trim(),
  }));

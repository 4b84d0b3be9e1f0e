import { readFileSync } from 'node:fs';

const whole = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** Their commands build on one another: each has a test of its own. */
export const reviewersDay = /\n## A reviewer's day\n[\s\S]*?(?=\n## )/.exec(whole)?.[0] ?? '';
export const takeItWithYou = /\n## Take it all with you\n[\s\S]*?(?=\n## )/.exec(whole)?.[0] ?? '';

/** The README without them. */
export const readme = whole.replace(reviewersDay, '').replace(takeItWithYou, '');

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

/**
 * What npx leads to, without the second that npx itself takes. One command is run by npx all the same, in
 * `readme.test.ts`: this file is the one it finds.
 */
export const withoutNpx = (commands: string): string => commands.replaceAll('npx goodgraph ', 'node src/entry.mjs ');

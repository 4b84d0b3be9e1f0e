import { exec } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { anApp, urlOf } from './support/app.js';
import { blocksOf, reviewersDay, withoutNpx } from './support/readme.js';

const blocks = blocksOf(reviewersDay);
const commands = blocks.filter(({ language }) => language === 'sh').map(({ body }) => body);
const printed = blocks.filter(({ language }) => language.startsWith('json')).flatMap(({ body }) => answersIn(body));

/** The answers that stand one after another in a text, without what they cost. */
function answersIn(text: string): unknown[] {
  return text.split(/(?<=\})\s*(?=\{"(?:data|errors)")/).map((each) => {
    const { extensions: _cost, ...answer } = JSON.parse(each) as { extensions?: unknown };
    return answer;
  });
}

test("a reviewer's day, pasted into a shell, answers as printed", async () => {
  const app = await anApp('demonstration');
  const script = withoutNpx(commands.join('\n')).replaceAll('http://127.0.0.1:4000', app.url.replace(/\/graphql$/, ''));
  const { stdout, stderr } = await promisify(exec)(`set -eu\n${script}`, {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    timeout: 200_000,
    env: { ...process.env, DATABASE_URL: urlOf(app.database), LOG_LEVEL: 'warn' },
  });
  expect(printed).toHaveLength(17);
  expect(stderr).toBe('');
  expect(answersIn(stdout)).toEqual(printed);
}, 240_000);

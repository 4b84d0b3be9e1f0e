import { fastify } from 'fastify';
import { expect, test } from 'vitest';
import { playgroundPage } from '../../src/http/playground.js';
import { anApp } from '../support/app.js';
import { execute } from '../support/database.js';

const pageOf = async (url: string) => (await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } })).text();

test('the playground says that a database holds demonstration records, from the moment it does', async () => {
  const app = await anApp('demonstration');
  const notice =
    '<p id="notice" role="note">This database holds demonstration records: made up to show features, never facts. Ask for <code>origin</code>: theirs is DEMONSTRATION.</p>';
  expect(await pageOf(app.url)).toContain(notice);
  await execute(app.database, `update source set origin = 'ENTERED' where origin = 'DEMONSTRATION'`);
  expect(await pageOf(app.url)).not.toContain('id="notice"');
});

test('it says nothing above the real seeds, and an answer of the graph is the same with it', async () => {
  const [real, made] = await Promise.all([anApp('seeded'), anApp('demonstration')]);
  expect(await pageOf(real.url)).not.toContain('id="notice"');
  // Both have counted as many requests then.
  await pageOf(made.url);
  const query = encodeURIComponent('{ project(slug: "innocrafts") { acronym } }');
  const answers = await Promise.all(
    [real, made].map(async ({ url }) => {
      const response = await fetch(`${url}/graphql?query=${query}`);
      const { date: _date, 'x-request-id': _id, ...headers } = Object.fromEntries(response.headers);
      return { headers, text: await response.text() };
    }),
  );
  expect(answers[0]).toEqual(answers[1]);
});

test('a notice is text, whatever it holds', async () => {
  const server = fastify();
  server.get('/', (_request, reply) => playgroundPage(reply, `<script>alert("1")</script> & 'more' \`code\` \`<b>\``));
  const { body } = await server.inject('/');
  expect(body).toContain(
    '<p id="notice" role="note">&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62; &#38; &#39;more&#39; <code>code</code> `&#60;b&#62;`</p>',
  );
});

test('a database that does not tell leaves the page as it is', async () => {
  const app = await anApp('demonstration');
  await execute(app.database, 'drop table source cascade');
  const page = await pageOf(app.url);
  expect(page).toContain('<title>GoodGraph playground</title>');
  expect(page).not.toContain('id="notice"');
});

import { expect, test } from 'vitest';
import { anApp } from '../support/app.js';
import { anImpostor, type Manner } from '../support/meilisearch-impostor.js';

const QUERY = `{
  search(query: "craft") { totalCount degraded nodes { title } }
  suggest(prefix: "inno") { title }
  goodPractice(slug: "fuse") { similar { id } }
}`;

interface Body {
  data: { search: Record<string, unknown> } & Record<string, unknown>;
  errors?: unknown;
}

async function ask(url: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: QUERY }),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

const impostor = await anImpostor('fine');
const app = await anApp('seeded', { MEILI_URL: impostor.url, MEILI_KEY: 'never-to-be-seen' });
const alone = await anApp('seeded');
// Connections are open then: beside other tests that alone may take longer than readers are made to wait.
for (const { url } of [app, alone]) await ask(url);

test.each<Manner>(['silent', 'failing', 'crashed', 'locked', 'keyless', 'empty', 'outdated', 'hangingUp'])(
  'clients of a search server that is %s get what PostgreSQL finds, and are told',
  async (manner) => {
    const expected = await ask(alone.url);
    expect(expected.body.data.search).toMatchObject({
      degraded: false,
      totalCount: expect.toSatisfy((count) => count > 0),
    });
    impostor.manner = manner;
    const answer = await ask(app.url);
    expect(answer.status).toBe(200);
    expect(answer.body.errors).toBeUndefined();
    const { search, ...others } = expected.body.data;
    expect(answer.body.data).toEqual({ ...others, search: { ...search, degraded: true } });
  },
);

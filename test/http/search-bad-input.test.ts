import { expect, test } from 'vitest';
import { anApp } from '../support/app.js';
import { execute } from '../support/database.js';
import { aPractice } from '../support/factories.js';
import { soon } from '../support/search-upkeep.js';

const app = await anApp('seeded');

async function ask(variables: Record<string, unknown>, facets = 'COUNTRY') {
  const query = `query ($query: String, $where: SearchWhere, $after: String) {
    search(query: $query, where: $where, after: $after, first: 3, facets: [{ field: ${facets} }]) {
      totalCount degraded nodes { id title }
    }
  }`;
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as Body;
  const [error] = body.errors ?? [];
  return { status: response.status, search: body.data?.search, code: error?.extensions.code, message: error?.message };
}

interface Body {
  data?: { search: { totalCount: number; degraded: boolean; nodes: { title: string }[] } | null };
  errors?: { message: string; extensions: { code: string } }[];
}

test.each([
  [{ query: 'craft '.repeat(2_000) }, '`query` has 12,000 characters; 500 are allowed.'],
  [{ where: { region: { within: 'XX9' } } }, 'XX9'],
  [{ where: { theme: { within: 'no-such-theme' } } }, 'no-such-theme'],
  [{ where: { near: { latitude: 91, longitude: 0, radius: 1 } } }, '91'],
  [{ after: 'bm90IGEgY3Vyc29y' }, 'cursor'],
])('%j is refused, and says why', async (variables, reason) => {
  const { status, search, code, message } = await ask(variables);
  expect({ status, search, code }).toEqual({ status: 200, search: null, code: 'BAD_USER_INPUT' });
  expect(message).toContain(reason);
});

test('facets on an unknown field are refused before anything is asked', async () => {
  app.statements.length = 0;
  expect(await ask({}, 'COLOUR')).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' });
  expect(app.statements).toEqual([]);
});

test.each(['\u{202e}craft\u{2066}', 'cra\u{200b}ft', 'craft\0', '\u{d800}craft', `craft' "`])(
  '%j finds what craft finds',
  async (query) => {
    const expected = await ask({ query: 'craft ' });
    expect(expected.search?.totalCount).toBeGreaterThan(0);
    expect(await ask({ query: `${query} ` })).toEqual(expected);
  },
);

test.each([
  ['words that are none', 'qwxzvkjpqw '.repeat(40)],
  ['500 different letters', String.fromCodePoint(...Array.from({ length: 500 }, (_, index) => 0x4e00 + index))],
  [
    'long words with a mistake in each',
    'incubatrosx workshopz enterprizes apprentisces transferzz craftsmanshpi '.repeat(6),
  ],
  ['only stop words', 'the of and in '.repeat(30)],
  ['only punctuation', '?!*%_\\()<>'.repeat(40)],
])('%s are answered', async (_, query) => {
  expect(await ask({ query: query.slice(0, 500) })).toMatchObject({
    status: 200,
    code: undefined,
    search: { degraded: false },
  });
});

test('a document that is too large is set aside, and told; what comes after it is found', async () => {
  const large = await aPractice(app.database, { title: 'Zyzzyva', description: 'weaving '.repeat(600_000) });
  const next = await aPractice(app.database, { title: 'Zyzzyvas' });
  await soon(async () => {
    const { search } = await ask({ query: 'zyzzyvas ' });
    expect(search?.nodes).toEqual([{ id: next.id, title: 'Zyzzyvas' }]);
  });
  // What is set aside is told after what is in is found.
  await soon(async () => {
    const waiting = await execute(app.database, 'select record_id as id, reason from search_quarantine');
    expect(waiting).toEqual([{ id: large.id, reason: expect.stringMatching(/ has \d+ characters; \d+ are allowed/) }]);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { anApp } from '../support/app.js';
import { execute } from '../support/database.js';
import { aPractice } from '../support/factories.js';

const folder = await mkdtemp(join(tmpdir(), 'goodgraph-search-'));
afterAll(() => rm(folder, { recursive: true }));

const ROUTER_SECRET = 'between us';
const whole = await anApp('seeded');
const { database } = whole;
const alone = await anApp('seeded', { SUBGRAPHS: 'discovery', ROUTER_SECRET }, undefined, { shared: database });

async function aGateway(discovery: string) {
  const lines = subgraphs.map(({ name }) => `  ${name}: ${name === 'discovery' ? discovery : '{ local: true }'}\n`);
  const file = join(folder, `${discovery.length}.yaml`);
  await writeFile(file, `subgraphs:\n${lines.join('')}`);
  return anApp('seeded', { GATEWAY: file, ROUTER_SECRET }, undefined, { shared: database });
}
const planned = await aGateway('{ local: true }');
const apart = await aGateway(`{ url: "${alone.url}/graphql" }`);

async function ask(url: string, query: string, variables: Record<string, unknown> = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-router-secret': ROUTER_SECRET },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  return { data, errors, kept: response.headers.get('cache-control') };
}

const everything = `{
  search(query: "desing craft", first: 4, facets: [{ field: REGION }, { field: TYPE }, { field: THEME, prefix: "entre" }]) {
    totalCount relaxed { dropped isAnyWord } degraded pageInfo { endCursor hasNextPage }
    nodes {
      id type title url score matchedIn highlights { text isMatch } snippet { text isMatch }
      item { __typename id ... on GoodPractice { slug owner { name } similar(first: 2) { title } } ... on Partner { name } }
    }
    facets { field values { value label count parent } }
  }
  suggest(prefix: "inno") { type title item { id ... on Project { acronym } } }
  near: search(where: { near: { latitude: 43.78, longitude: 11.25, radius: 100 } }, orderBy: NEAREST, first: 5) {
    totalCount nodes { title distance item { ... on GoodPractice { slug } } }
  }
}`;

describe('a search', () => {
  test('is answered alike by one process, a gateway, and a gateway to a subgraph elsewhere', async () => {
    const expected = await ask(whole.url, everything);
    expect(expected).toMatchObject({
      errors: undefined,
      kept: 'public, max-age=5',
      data: { search: { totalCount: 11, relaxed: null } },
    });
    expect(await ask(planned.url, everything)).toEqual(expected);
    expect(await ask(apart.url, everything)).toEqual(expected);
  });

  test('is answered by discovery alone, with references to records', async () => {
    const { data, errors } = await ask(
      alone.url,
      `query ($refs: [_Any!]!) {
        search(query: "fuse", first: 1) { nodes { title item { __typename id } } }
        _entities(representations: $refs) { ... on GoodPractice { similar(first: 1) { __typename id } } }
      }`,
      { refs: [{ __typename: 'GoodPractice', id: await idOf('fuse') }] },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      search: { nodes: [{ title: 'FUSE', item: { __typename: 'GoodPractice', id: await idOf('fuse') } }] },
      _entities: [{ similar: [{ __typename: 'GoodPractice', id: expect.stringMatching(/^gp_/) as string }] }],
    });
  });
});

async function idOf(slug: string): Promise<string> {
  const [row] = await execute<{ id: string }>(database, 'select id from good_practice where slug = $1', [slug]);
  return row?.id ?? '';
}

test('what was indexed and is withdrawn since is a hit without its record, in every mode', async () => {
  const { id } = await aPractice(database, { slug: 'zyzzyva', title: 'Zyzzyva weaving' });
  const { openSearch, rebuildSearch } = await import('../../src/subgraphs/discovery/search/open.js');
  await rebuildSearch(openSearch(database), database);
  await execute(database, `update good_practice set publication_status = 'DRAFT' where id = $1`, [id]);
  for (const { url } of [whole, planned, apart])
    expect(
      await ask(url, '{ search(query: "zyzzyva") { nodes { id item { ... on GoodPractice { title } } } } }'),
    ).toMatchObject({
      errors: undefined,
      data: { search: { nodes: [{ id, item: null }] } },
    });
});

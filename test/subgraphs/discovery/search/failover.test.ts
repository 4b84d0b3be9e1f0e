import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { SearchAnswer, SearchEngine, SearchRequest } from '../../../../src/subgraphs/discovery/search/engine.js';
import { withFallback } from '../../../../src/subgraphs/discovery/search/failover.js';
import { meilisearchEngine } from '../../../../src/subgraphs/discovery/search/meilisearch/meilisearch.engine.js';
import { anImpostor, type Manner } from '../../../support/meilisearch-impostor.js';

const key = 'never-to-be-seen';
const wordless = { languages: [], learn: async () => {}, of: () => null };

const craft: SearchRequest = {
  query: {
    language: 'en',
    words: [{ word: { text: 'craft', isPrefix: false, mayBeMistyped: true }, synonyms: [] }],
    expressions: [],
    phrases: [],
    match: 'all',
  },
  filter: { and: [] },
  near: null,
  facets: [],
  order: 'RELEVANCE',
  offset: 0,
  size: 20,
};

const other: SearchAnswer = { hits: [], total: 3, facets: {} };

/** A search that Meilisearch answers, and another engine when it does not. */
async function aSearch(manner: Manner, options: { pause?: number; second?: Partial<Omit<SearchEngine, 'name'>> } = {}) {
  const impostor = await anImpostor(manner);
  const log: string[] = [];
  const second = {
    name: 'postgresql' as const,
    search: async () => other,
    suggest: async () => [],
    similar: async () => [],
    ...options.second,
  };
  const first = meilisearchEngine({ address: { url: impostor.url, key }, stemming: wordless });
  // Only who never answers is to be too slow, on a busy machine too.
  const deadline = manner === 'silent' ? 300 : 20_000;
  const { pause = 60_000 } = options;
  const engine = withFallback({ first, second, log: (message) => log.push(message), deadline, pause });
  return { engine, impostor, log };
}

test('while Meilisearch is well, it answers', async () => {
  const { engine } = await aSearch('fine');
  expect(await engine.search(craft)).toMatchObject({ total: 7, isDegraded: false });
});

test.each([
  ['silent', 'timed out'],
  ['outdated', 'Meilisearch 1.48.1 is too old. Use 1.48.2 or newer.'],
  ['failing', 'answered 500 (internal: It is internal.)'],
  ['crashed', 'no Meilisearch server'],
  ['anotherPage', 'no Meilisearch server'],
  ['locked', 'MEILI_KEY must be a key for'],
  ['keyless', 'MEILI_KEY must be a key for'],
  ['empty', 'answered 404 (index_not_found'],
  ['refusing', 'answered 400 (invalid_search_filter'],
  ['hangingUp', 'does not answer'],
] as const)('when it is %s, the other engine answers at once and operators learn why', async (manner, reason) => {
  const { engine, log } = await aSearch(manner);
  expect(await engine.search(craft)).toEqual({ ...other, isDegraded: true });
  expect(log[0]).toContain('meilisearch did not answer a search: ');
  expect(log[0]?.toLowerCase()).toContain(reason.toLowerCase());
  expect(log.join('\n')).not.toContain(key);
});

test('suggestions and similar records fail over too', async () => {
  const { engine } = await aSearch('failing', { second: { suggest: async () => [], similar: async () => [] } });
  expect(await engine.suggest('cra', { and: [] }, 5)).toEqual([]);
  expect(await engine.similar('gp_1', { and: [] }, 5)).toEqual([]);
});

test('after failures in a row it is left alone, and asked again after a while', async () => {
  const { engine, impostor, log } = await aSearch('failing', { pause: 300 });
  for (let count = 0; count < 3; count += 1) await engine.search(craft);
  const before = impostor.asked.length;
  expect(await engine.search(craft)).toMatchObject({ isDegraded: true });
  expect(impostor.asked).toHaveLength(before);
  impostor.manner = 'fine';
  await setTimeout(350);
  expect(await engine.search(craft)).toMatchObject({ total: 7, isDegraded: false });
  expect(log.at(-1)).toBe('meilisearch answers searches again');
});

test('queries that it refuses stop it for nobody', async () => {
  const { engine, impostor } = await aSearch('refusing');
  for (let count = 0; count < 5; count += 1) await engine.search(craft);
  impostor.manner = 'fine';
  expect(await engine.search(craft)).toMatchObject({ isDegraded: false });
});

test('who left is answered by nobody, and does not count as a failure', async () => {
  let answered = 0;
  const search = async () => {
    answered += 1;
    return other;
  };
  const never: Manner = () => {};
  const { engine, impostor } = await aSearch(never, { second: { search } });
  for (let count = 0; count < 5; count += 1) {
    const left = AbortSignal.timeout(20);
    await expect(engine.search(craft, left)).rejects.toThrow('timeout');
  }
  expect(answered).toBe(0);
  impostor.manner = 'fine';
  expect(await engine.search(craft)).toMatchObject({ isDegraded: false });
});

test('when no engine answers, the second one tells why', async () => {
  const { engine } = await aSearch('failing', { second: { search: () => Promise.reject(new Error('down too')) } });
  await expect(engine.search(craft)).rejects.toThrow('down too');
});

import { expect, test } from 'vitest';
import { areFound } from '../../../../../src/subgraphs/discovery/search/meilisearch/search.js';
import type { Server } from '../../../../../src/subgraphs/discovery/search/meilisearch/server.js';

test('where no text can find anything, nothing is asked', async () => {
  const ask: Server['ask'] = () => Promise.reject(new Error('asked'));
  const asking = { server: { live: 'goodgraph', ask } as Server, signal: undefined };
  const everything = { filter: { and: [] }, near: null };
  expect(await areFound(asking, [], everything)).toEqual([]);
  expect(await areFound(asking, [[], []], everything)).toEqual([false, false]);
  await expect(areFound(asking, [[{ text: 'lace ', weight: 1 }]], everything)).rejects.toThrow('asked');
});

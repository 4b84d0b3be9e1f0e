import type { Filter } from '../../../../graph/filter.js';
import type { SearchAnswer, SearchHit, SearchRequest } from '../engine.js';
import { conditionText } from './filter.js';
import type { Terms } from '../analysis/terms.js';
import { hitsOf, matchingOf, shownOfHits, type AnsweredHit } from './hits.js';
import type { QueryText } from './query-texts.js';
import { searchFor } from './search.js';
import type { Server } from './server.js';

/** Documents of each text that are weighed, the best ones: the server takes a while to hand out each. */
const mostWeighed = 200;

/** Requests that they are shared among: the server answers what is asked in one after the other. */
const atOnce = 3;

export interface SomeAsking {
  server: Server;
  signal: AbortSignal | undefined;
  /** In the whole index. */
  documents: number;
  terms: Terms;
}

/**
 * Hits with at least one of the words, each given by the texts that find it; the more words a hit has, and the rarer they
 * are, the better. The server ranks by the one text that fits best, so the words are weighed here.
 */
export async function searchSome(
  asking: SomeAsking,
  request: SearchRequest,
  words: readonly QueryText[][],
): Promise<SearchAnswer> {
  const { server, signal, terms } = asking;
  const union = { server, texts: words.flat(), terms, signal };
  if (request.order !== 'RELEVANCE') return searchFor(union, request);
  const [counted, scores] = await Promise.all([
    searchFor(union, { ...request, offset: 0, size: 0 }),
    weigh(asking, request, words),
  ]);
  const ranked = [...scores].toSorted(([one, much], [other, more]) => more - much || (one < other ? -1 : 1));
  const page = ranked.slice(request.offset, request.offset + request.size);
  const weighed = await shown(asking, request, page, union.texts);
  return { ...counted, hits: weighed.map((hit) => ({ ...hit, score: hit.score / (ranked[0]?.[1] ?? 1) })) };
}

/** How much of the query is in a document, by its id. */
async function weigh(
  { server, signal, documents }: SomeAsking,
  { filter, near }: SearchRequest,
  words: readonly QueryText[][],
): Promise<Map<string, number>> {
  const condition = conditionText(filter, near);
  const asked = words.flatMap((texts, word) => texts.map((text) => ({ ...text, word })));
  const queries = asked.map(({ text }) => ({
    indexUid: server.live,
    q: text,
    matchingStrategy: 'all' as const,
    ...(condition !== undefined && { filter: condition }),
    attributesToRetrieve: ['id'],
    showRankingScore: true,
    limit: mostWeighed,
  }));
  const length = Math.ceil(queries.length / atOnce);
  const parts = Array.from({ length: atOnce }, (_, part) => queries.slice(part * length, (part + 1) * length));
  const answers = await Promise.all(
    parts.map((part) => server.ask((client) => client.multiSearch({ queries: part }, signal ? { signal } : {}))),
  );
  const results = answers.flatMap((answer) => answer.results);
  const scores = new Map<string, number>();
  for (const indexes of Map.groupBy(asked.keys(), (index) => asked[index]?.word).values()) {
    const found = indexes.map((index) => ({ weight: asked[index]?.weight ?? 0, ...results[index] }));
    const best = new Map<string, number>();
    for (const { weight, hits = [] } of found)
      for (const { id, _rankingScore = 0 } of hits as { id: string; _rankingScore?: number }[])
        best.set(id, Math.max(best.get(id) ?? 0, _rankingScore * weight));
    const having = Math.max(...found.map(({ estimatedTotalHits = 0 }) => estimatedTotalHits));
    const rarity = Math.log(1 + (Math.max(documents, having) - having + 0.5) / (having + 0.5));
    for (const [id, score] of best) scores.set(id, (scores.get(id) ?? 0) + rarity * score);
  }
  return scores;
}

/** These documents in their order, each marked where it has one of the words. */
async function shown(
  { server, signal, terms }: SomeAsking,
  { near, query: { language } }: SearchRequest,
  page: readonly [id: string, score: number][],
  texts: readonly QueryText[],
): Promise<SearchHit[]> {
  if (page.length === 0) return [];
  const filter: Filter = { field: 'id', in: page.map(([id]) => id) };
  const query = { filter: conditionText(filter, null), limit: page.length, attributesToRetrieve: shownOfHits };
  const { hits } = await server.ask((client) =>
    client.index<AnsweredHit>(server.live).search('', query, signal ? { signal } : {}),
  );
  const byId = new Map(
    hitsOf(hits, { near, language, matching: matchingOf(texts, terms) }).map((hit) => [hit.id, hit]),
  );
  return page.flatMap(([id, score]) => {
    const hit = byId.get(id);
    return hit ? [{ ...hit, score }] : [];
  });
}

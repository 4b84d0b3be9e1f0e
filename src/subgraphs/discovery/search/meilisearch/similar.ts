import type { Filter } from '../../../../graph/filter.js';
import { knownLanguage } from '../analysis/languages.js';
import { stemIn, type Stemming } from '../analysis/stemming.js';
import { tokensOf } from '../analysis/tokens.js';
import type { TextField } from '../document.js';
import type { SearchHit } from '../engine.js';
import type { Shown } from '../analysis/highlight.js';
import { conditionText } from './filter.js';
import type { IndexedDocument } from './indexed-document.js';
import { searchPage } from './search.js';
import { shownIn } from './shown.js';
import type { Server } from './server.js';

export interface SimilarAsking {
  server: Server;
  stemming: Stemming;
  id: string;
  filter: Filter;
  size: number;
  signal: AbortSignal | undefined;
}

/** Words of a document that are looked for, and documents of each that are looked at. */
const most = { words: 30, documents: 100 };

/** Documents that share words and themes with this one; the rarer these are, the more they say. */
export async function similarTo(asking: SimilarAsking): Promise<SearchHit[]> {
  const { server, stemming, id, filter, size, signal } = asking;
  const init = signal ? { signal } : {};
  const others: Filter = { and: [filter, { not: { field: 'id', eq: id } }] };
  const itself = { filter: conditionText({ field: 'id', eq: id }, null), limit: 1, facets: ['facet.theme'] };
  const { hits, facetDistribution } = await server.ask((client) =>
    client.index<IndexedDocument>(server.live).search('', itself, init),
  );
  const [document] = hits;
  if (document === undefined) return [];
  const words = await tellingWords(shownIn(document.shown), stemming);
  const traits = [
    ...words.map((word) => ({
      q: `"${word}"`,
      filter: others,
    })),
    ...Object.keys(facetDistribution?.['facet.theme'] ?? {}).map((path) => ({
      q: '',
      filter: { and: [others, { field: 'theme', within: { path } }] },
    })),
  ];
  if (traits.length === 0) return [];
  const queries = traits.map(({ filter: each, ...trait }) => ({
    ...trait,
    indexUid: server.live,
    filter: conditionText(each, null),
    attributesToRetrieve: ['id'],
    limit: most.documents,
  }));
  const { results } = await server.ask((client) => client.multiSearch({ queries }, init));
  const scores = new Map<string, number>();
  for (const { hits: sharing, estimatedTotalHits = 0 } of results)
    for (const each of sharing)
      scores.set(each['id'], (scores.get(each['id']) ?? 0) + 1 / Math.log(2 + estimatedTotalHits));
  const ranked = [...scores].toSorted(([one, much], [other, more]) => more - much || (one < other ? -1 : 1));
  return inOrder(server, ranked.slice(0, size), signal);
}

const telling: readonly TextField[] = ['title', 'keyword', 'name', 'summary'];

/** The words of its title, keywords and summary, without inflection where their language is known. */
async function tellingWords({ texts }: Shown, stemming: Stemming): Promise<string[]> {
  const read = telling
    .flatMap((field) => texts.filter((each) => each.field === field))
    .map(({ text, language }) => ({ language: knownLanguage(language), tokens: tokensOf(text) }));
  await stemming.learn(
    read.flatMap(({ language, tokens }) =>
      language === null ? [] : tokens.map(({ bare }): [string, string] => [language, bare]),
    ),
  );
  const words = read.flatMap(({ language, tokens }) =>
    tokens.map((token) => (language === null ? token.folded : stemIn(stemming, language, token))),
  );
  return [...new Set(words)].filter((word) => word.length > 2).slice(0, most.words);
}

async function inOrder(
  server: Server,
  ranked: readonly [id: string, score: number][],
  signal: AbortSignal | undefined,
): Promise<SearchHit[]> {
  const filter: Filter = { field: 'id', in: ranked.map(([id]) => id) };
  const page = { filter, near: null, order: 'RELEVANCE', offset: 0, size: ranked.length } as const;
  const hits = await searchPage({ server, texts: [], signal }, page);
  const byId = new Map(hits.map((hit) => [hit.id, hit]));
  const [[, best] = ['', 1]] = ranked;
  return ranked.flatMap(([id, score]) => {
    const hit = byId.get(id);
    return hit ? [{ ...hit, score: score / best }] : [];
  });
}

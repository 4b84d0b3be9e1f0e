import { highlighted, type Matching } from '../analysis/highlight.js';
import type { SearchHit, SearchRequest } from '../engine.js';
import type { IndexedDocument } from './indexed-document.js';
import type { QueryText } from './query-texts.js';
import { shownIn } from './shown.js';
import type { Terms } from '../analysis/terms.js';

/** What the server answers of a document. */
export interface AnsweredHit extends Pick<IndexedDocument, 'id' | 'shown' | '_geo'> {
  _federation?: { weightedRankingScore: number };
}

/** What of a document a hit is made from. */
export const shownOfHits = ['id', 'shown', '_geo'];

interface Showing {
  near: SearchRequest['near'];
  /** Of the query. */
  language: string | null;
  matching: Matching;
}

export function hitsOf(hits: readonly AnsweredHit[], { near, language, matching }: Showing): SearchHit[] {
  return hits.map((hit) => ({
    ...highlighted(shownIn(hit.shown), matching, language),
    score: Math.max(0, hit._federation?.weightedRankingScore ?? 0),
    distance: near && hit._geo ? kilometres(near, hit._geo) : null,
  }));
}

/** What is to be marked of hits that these texts found: of what words are reduced to, the words themselves. */
export function matchingOf(texts: readonly QueryText[], terms: Terms): Matching {
  const words = new Set<string>();
  const prefixes = new Set<string>();
  const sequences = new Map<string, { words: string[] }>();
  const add = (token: string) => {
    words.add(token);
    for (const form of terms.formsOf(token)) words.add(form);
  };
  for (const { text } of texts)
    for (const [part, phrase] of text.matchAll(/"([^"]*)"|[^ "]+/g)) {
      const isOpen = phrase === undefined && text.endsWith(part);
      if (isOpen) prefixes.add(part);
      else if (phrase?.includes(' ')) sequences.set(phrase, { words: phrase.split(' ') });
      else add(phrase ?? part);
    }
  return { words, prefixes: [...prefixes], sequences: [...sequences.values()] };
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Along the great circle of a sphere of the earth's mean radius. */
function kilometres(one: { latitude: number; longitude: number }, other: { lat: number; lng: number }): number {
  const [latitude, longitude] = [radians(other.lat - one.latitude), radians(other.lng - one.longitude)];
  const chord =
    Math.sin(latitude / 2) ** 2 +
    Math.cos(radians(one.latitude)) * Math.cos(radians(other.lat)) * Math.sin(longitude / 2) ** 2;
  return 2 * 6_371.0088 * Math.asin(Math.sqrt(chord));
}

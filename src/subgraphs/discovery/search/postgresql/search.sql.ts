import { sql, type RawBuilder } from 'kysely';
import { keyed } from '../../../../graph/fields.js';
import { packed } from './postings.js';
import type { Shown } from '../analysis/highlight.js';
import { stated, type Stated } from './stated.js';
import { listOf, live, numbers, of } from './tables.js';

export interface SearchRow extends Stated {
  /** Blocks of all terms that are looked for. */
  found: Buffer | null;
  /** Of those of sequences which words follow them. */
  followers: Buffer | null;
  /** Documents of the records that the filter names. */
  named: Record<string, number> | null;
}

/** The postings of these terms, and of some of them which words follow. */
export function searchStatement(asked: {
  found: readonly number[];
  followers: readonly number[];
  records: readonly string[];
}): RawBuilder<SearchRow> {
  const blocksOf = (column: 'postings' | 'followers', terms: readonly number[]) =>
    sql`select ${packed(column)} from ${of(live, 'posting')} p where p.term = any(${listOf('integer', numbers(terms))})`;
  return sql<SearchRow>`${keyed}
    select ${stated}, (${blocksOf('postings', asked.found)}) as "found",
      ${asked.followers.length === 0 ? sql`null::bytea` : sql`(${blocksOf('followers', asked.followers)})`} as "followers",
      (select json_object_agg(d.record, d.id) from ${of(live, 'document')} d
        where d.record = any(${listOf('text', asked.records)})) as "named"`;
}

export interface WordedRow extends Stated {
  sequences: { /** Its place in the list, from 1 on. */ place: number; documents: number[] }[] | null;
}

/** Of documents that have all words of a sequence those that have them side by side. */
export const wordedStatement = (
  candidates: readonly { words: readonly string[]; documents: readonly number[] }[],
): RawBuilder<WordedRow> => sql<WordedRow>`${keyed}
  select ${stated}, (select json_agg(s) from (
    select s.place, array_agg(w.document) as documents
    from unnest(${listOf(
      'text',
      candidates.map(({ words }) => ` ${words.join(' ')} `),
    )}, ${listOf(
      'text',
      candidates.map(({ documents }) => numbers(documents)),
    )}) with ordinality s (words, documents, place)
    join ${of(live, 'wording')} w on w.document = any(s.documents::integer[])
    where strpos(w.words, s.words) > 0 group by s.place) s) as "sequences"`;

/** Ids mean documents of one index: in another that has taken its place meanwhile nothing is found by them. */
const isOf = (epoch: string): RawBuilder<boolean> =>
  sql`(select s.epoch from ${of(live, 'index_state')} s) = ${epoch}::uuid`;

export interface ShownRow {
  document: number;
  shown: Shown;
}

/** What hits show, of these documents; those that are gone by now are left out. */
export const shownStatement = (
  epoch: string,
  documents: readonly number[],
): RawBuilder<ShownRow> => sql<ShownRow>`${keyed}
  select d.id as "document", d.shown from ${of(live, 'document')} d
  where d.id = any(${listOf('integer', numbers(documents))}) and ${isOf(epoch)}`;

/** The same for a page of them, in the order of their titles, which PostgreSQL knows. */
export const byTitleStatement = (
  epoch: string,
  documents: readonly number[],
  { offset, size }: { offset: number; size: number },
): RawBuilder<ShownRow> => sql<ShownRow>`
  ${shownStatement(epoch, documents)} order by d.title, d.id offset ${offset} limit ${size}`;

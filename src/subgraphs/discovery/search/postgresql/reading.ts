import { sql, type RawBuilder } from 'kysely';
import type { Run } from '../../../../graph/context.js';
import type { Shown } from '../analysis/highlight.js';
import { EngineFault, type SearchHit, type SearchRequest } from '../engine.js';
import type { Columns } from './columns.js';
import type { IndexState } from './expansion.js';
import type { Narrowed } from './narrowing.js';
import { pageOf } from './order.js';
import { byTitleStatement, shownStatement } from './search.sql.js';
import type { Stated } from './stated.js';
import { form, live, of } from './tables.js';

/** What every search reads by. */
export interface Reading {
  run: Run;
  /** As the last search left them. */
  columns: Columns;
}

export const unfilled = (cause?: unknown): EngineFault =>
  new EngineFault('UNFILLED', 'There is no index of this version yet: run goodgraph reindex.', { cause });

export async function stateOf(run: Run): Promise<IndexState> {
  // One of another form has other columns.
  const [state] = await run(sql<IndexState>`select * from ${of(live, 'index_state')}`);
  if (state === undefined) throw new Error('An index has a state.');
  return state;
}

/** Tries of one search. */
const mostTries = 3;

/** The index has changed while it was read, in a way that matters. */
export class Changed extends Error {}

/** Asks anew where the index has changed meanwhile; the last try makes do with what it finds. */
export async function again<Result>(attempt: (isLast: boolean, isAgain: boolean) => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one try after the other
      return await attempt(tries === mostTries, tries > 1);
    } catch (error) {
      if (!(error instanceof Changed)) throw error;
      if (tries === mostTries) throw new EngineFault('UNAVAILABLE', 'The index was replaced while it was read.');
    }
  }
}

/** What the index was like when it was last read; its columns are read where they never were. */
export async function knownState({ run, columns }: Reading): Promise<IndexState> {
  // One of another version may have been replaced by now.
  const state = columns.state?.form === form ? columns.state : await columns.read(run);
  if (state.form !== form) throw unfilled();
  return state;
}

/** The row of a statement that has one, whatever index it is of. */
export async function rowOf<Row>(run: Run, statement: RawBuilder<Row>): Promise<Row> {
  const [row] = await run(statement);
  if (row === undefined) throw new Error('A search has one row.');
  return row;
}

/** Its one row, once the columns are as new as that; throws where these were, or are by now, of another index. */
export async function askFor<Row extends Stated>({ run, columns }: Reading, statement: RawBuilder<Row>): Promise<Row> {
  const { epoch } = columns.state ?? {};
  const row = await rowOf(run, statement);
  await columns.follow(run, row.state);
  if (row.state.epoch !== epoch || columns.state?.epoch !== epoch) throw new Changed();
  return row;
}

/**
 * The hits of a page; throws where some of them are gone by now. The last try tells the others: a replica that lags behind the
 * one that was asked before has never heard of what is new.
 */
export async function hitsOf(
  { run, columns, isLast }: Reading & { isLast: boolean },
  narrowed: Narrowed,
  { order, offset, size }: Pick<SearchRequest, 'order' | 'offset' | 'size'>,
  shape: (shown: Shown) => Omit<SearchHit, 'score' | 'distance'>,
): Promise<SearchHit[]> {
  const { documents, scores, distances } = narrowed;
  const length = Math.max(0, Math.min(size, documents.length - offset));
  if (length === 0) return [];
  const epoch = columns.state?.epoch ?? '';
  const page = order === 'TITLE_ASC' ? null : pageOf(narrowed, { order, offset, size }, columns);
  const rows = await run(
    page === null
      ? byTitleStatement(epoch, [...documents], { offset, size })
      : shownStatement(
          epoch,
          page.map((place) => documents[place] as number),
        ),
  );
  if (rows.length < length && !isLast) throw new Changed();
  const shown = new Map(rows.map((row) => [row.document, row.shown]));
  const best = scores.reduce((most, score) => Math.max(most, score), 0);
  const places = page ?? [...shown.keys()].map((document) => documents.indexOf(document));
  return places.flatMap((place) => {
    const told = shown.get(documents[place] as number);
    if (told === undefined) return [];
    const score = best > 0 ? Math.min(1, (scores[place] as number) / best) : 1;
    return { ...shape(told), score, distance: distances?.[place] ?? null };
  });
}

import type { EntityManager } from '@mikro-orm/postgresql';
import type { RawBuilder } from 'kysely';
import { noEffort } from './effort.js';
import { BadInput } from './errors.js';
import { limits } from './limits.js';
import { inBatchSpan, ofThisSpan } from './tracing.js';
import { inWaves, type Rank } from './waves.js';

/** Who asks. Row visibility follows from it in PostgreSQL alone (row-level security), never in a resolver. */
export interface Viewer {
  role: 'ANONYMOUS' | 'PARTNER' | 'REVIEWER' | 'ADMIN' | 'SERVICE';
  /** The id of the partner organisation a PARTNER speaks for. */
  partnerId: string | null;
  /** The id of the account that acts; null for the anonymous, and for what no account signed in for. */
  accountId: string | null;
}

export const anonymous: Viewer = { role: 'ANONYMOUS', partnerId: null, accountId: null };

/** What compiles to a text with parameters: what Kysely's `sql` makes, or a text that is known already. */
export type Statement<Row> = Pick<RawBuilder<Row>, 'compile'>;

/** Runs statements as the viewer, with bound parameters, and returns their plain rows. One object per request. */
export interface Read {
  <Row>(query: Statement<Row>): Promise<Row[]>;
  /** Aborted when the request is stopped: for what waits on something other than statements. */
  readonly signal: AbortSignal;
  /** Rows that a page of a list may have. */
  readonly page: number;
  /** When a loader may send its batch: DataLoader's `batchScheduleFn`. */
  schedule(dispatch: () => void, rank?: Rank): void;
  /** Runs the batch of a loader, which it counts and traces. */
  batch<Result>(keys: number, load: () => Promise<Result>): Promise<Result>;
  /** Counts the items of a list that goes into the answer; false once the request is stopped. */
  answers(items: number): boolean;
  /** Counts rows that came put together in one. */
  held(rows: number): void;
}

/** Runs one statement as a viewer. */
export type Run = <Row>(query: Statement<Row>) => Promise<Row[]>;

/**
 * The `Read` of one request, over the database's way of running a statement as its viewer. When `stop` is aborted it
 * sends no more statements; it aborts `stop` itself, by a BAD_USER_INPUT, when the request reads or answers too much.
 * It notes in `effort` what it does. `page`: how long pages may be, where nobody outside asks for them.
 */
export function readInWaves(
  run: Run,
  stop = new AbortController(),
  effort = noEffort(),
  page: number = limits.page,
): Read {
  const waves = inWaves<Statement<unknown>>((query) => {
    effort.statements += 1;
    return run(query);
  }, stop.signal);
  const budget = () => {
    let left = limits.rows;
    return (count: number): boolean => {
      left -= count;
      if (left < 0 && !stop.signal.aborted) stop.abort(tooManyRows());
      return !stop.signal.aborted;
    };
  };
  const reads = budget();
  const read = async <Row>(query: Statement<Row>) => {
    const rows = (await waves.run(query)) as Row[];
    effort.rows += rows.length;
    reads(rows.length);
    stop.signal.throwIfAborted();
    return rows;
  };
  return Object.assign(read, {
    signal: stop.signal,
    page,
    schedule: (dispatch: () => void, rank?: Rank) => waves.schedule(ofThisSpan(dispatch), rank),
    batch: <Result>(keys: number, load: () => Promise<Result>) => {
      effort.batches.push(keys);
      return inBatchSpan(keys, load);
    },
    answers: budget(),
    held: (rows: number) => {
      effort.rows += rows;
      reads(rows);
    },
  });
}

const tooManyRows = () =>
  new BadInput(
    `The operation asks for more than ${limits.rows.toLocaleString('en')} rows. Ask for shorter pages, or for fewer lists in lists.`,
  );

/** Runs work as the viewer in one transaction: all of it is stored, or nothing. */
export type Write = <Result>(work: (em: EntityManager) => Promise<Result>) => Promise<Result>;

/** The same `Read` to whoever keeps things for it: what was loaded before is loaded anew. */
export function forgetful(read: Read): Read {
  const again = <Row>(query: Statement<Row>) => read(query);
  return Object.assign(again, {
    signal: read.signal,
    page: read.page,
    schedule: read.schedule,
    batch: read.batch,
    answers: read.answers,
    held: read.held,
  });
}

/** What every subgraph's context is made from. */
export interface RequestContext {
  viewer: Viewer;
  read: Read;
  /** What was loaded before is forgotten then: contexts get new loaders. */
  write: Write;
}

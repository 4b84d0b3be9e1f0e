import { createHash } from 'node:crypto';
import { LockMode, type EntityClass, type EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { RequestContext, Viewer } from '../graph/context.js';
import { NotFound, Refusal, type UserError } from '../graph/errors.js';
import type { Fields } from '../graph/fields.js';
import { checkId } from '../graph/ids.js';
import type { Outcome } from './mutation.type.js';
import { changedFields } from './record.fields.js';

/** What every mutation may be sent with. */
export interface Keyed {
  idempotencyKey?: string | null;
}

/** What names the record of a change or a step. */
export interface Aimed extends Keyed {
  id: string;
  expectedVersion: number;
}

/** A record as steps and changes find it: nobody else writes it meanwhile. */
export interface Stored {
  id: string;
  version: number;
}

/** Ends a transaction with nothing stored: the caller has to mend something. */
class Mistakes extends Error {
  constructor(
    readonly userErrors: readonly UserError[],
    readonly conflict: { currentVersion: number; conflictingFields: string[] } | null = null,
  ) {
    super('Nothing was stored.');
  }
}

/** Ends the transaction unless there is nothing to mend. */
export function mend(errors: readonly UserError[]): void {
  if (errors.length > 0) throw new Mistakes(errors);
}

interface Asked {
  /** The mutation, for telling one input from another. */
  name: string;
  input: Keyed;
  /** The record that it is about: a new id, or that of the input. */
  id: string;
}

/**
 * Runs a mutation as one transaction: all of it is stored, or nothing. An input that comes again under its key has no second
 * effect, and is answered with its record.
 */
export async function mutate(
  { viewer, write }: Pick<RequestContext, 'viewer' | 'write'>,
  asked: Asked,
  work: (em: EntityManager, isAgain: boolean) => Promise<void>,
): Promise<Outcome> {
  if (viewer.role === 'ANONYMOUS')
    throw new Refusal('UNAUTHENTICATED', 'Only who is signed in may write. Send a token.');
  const attempt = (isAgain: boolean) =>
    write(async (em) => {
      const known = await firstOf(em, asked);
      if (known !== null) return known;
      await work(em, isAgain);
      return asked.id;
    });
  try {
    // Of two that bring in the same at one moment one fails; the other's is there when it comes again.
    const id = await attempt(false).catch((error: unknown) => {
      if (sqlState(error) !== '23505') throw error;
      return attempt(true);
    });
    return { id, userErrors: [], currentVersion: null, conflictingFields: null };
  } catch (error) {
    const mistakes = error instanceof Mistakes ? error : mistakesOf(error);
    if (!mistakes) throw refusalOf(error, viewer);
    const userErrors = mistakes.userErrors.map((each) => ({ ...each, field: each.field.map(String) }));
    return { id: null, userErrors, currentVersion: null, conflictingFields: null, ...mistakes.conflict };
  }
}

const sqlState = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** What only the database sees (SQLSTATE class 23): what is stored, and hidden from the viewer, stands against it. */
function mistakesOf(error: unknown): Mistakes | null {
  if (!String(sqlState(error)).startsWith('23')) return null;
  const isSlug = error instanceof Error && 'constraint' in error && String(error.constraint).endsWith('_slug_key');
  const message = isSlug
    ? 'This slug is taken. Choose another one, or leave it out.'
    : 'What is stored stands against it. Read the record again, and correct what you changed.';
  return new Mistakes([{ field: isSlug ? ['slug'] : [], code: isSlug ? 'DUPLICATE' : 'CONFLICT', message }]);
}

/** What policies and guards of the database refuse, in words of ours. */
function refusalOf(error: unknown, { role }: Viewer): unknown {
  if (sqlState(error) === '42501')
    return new Refusal('FORBIDDEN', `A ${role} may not write this. Editors write what their own organisation owns.`);
  return error;
}

/**
 * Takes the key of a mutation, if it has one; the record of an earlier one with the same key and input, or null. Who comes
 * with a key that is being taken waits for its end.
 */
async function firstOf(em: EntityManager, { name, input, id }: Asked): Promise<string | null> {
  const { idempotencyKey: key, ...rest } = input;
  if (key == null) return null;
  if (!/^.{1,100}$/su.test(key) || key.includes('\0'))
    throw new Mistakes([{ field: ['idempotencyKey'], code: 'INVALID', message: 'Send 1 to 100 characters.' }]);
  const hash = createHash('sha256')
    .update(JSON.stringify([name, sorted(rest)]))
    .digest('base64url');
  const { rows } = await sql<{ hash: string; recordId: string; isFirst: boolean }>`
    with old as (
      delete from mutation_key where owner = goodgraph_viewer_key() and at < now() - interval '7 days' and key <> ${key})
    insert into mutation_key as k (key, hash, record_id) values (${key}, ${hash}, ${id})
    on conflict (owner, key) do update set key = excluded.key
    returning k.hash, k.record_id as "recordId", k.xid = pg_current_xact_id() as "isFirst"`.execute(
    em.getKysely<unknown>(),
  );
  const [met] = rows;
  if (!met || met.isFirst) return null;
  if (met.hash === hash) return met.recordId;
  const message = 'This key was sent with another input. Make a new one for each thing that you do.';
  throw new Mistakes([{ field: ['idempotencyKey'], code: 'KEY_REUSED', message }]);
}

/** The same value whatever the order in which a client writes the fields; a field that is left out is none. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([name, each]) => [name, sorted(each)]),
  );
}

/** Finds and holds the record that is to be changed. Throws where the viewer may not; ends where the version is another. */
export async function held<Record extends Stored>(
  em: EntityManager,
  { type, prefix, table }: Pick<Fields, 'type' | 'prefix' | 'table'>,
  entity: EntityClass<Record>,
  { id, expectedVersion }: Aimed,
): Promise<Record> {
  checkId(prefix, type, id);
  const record = await em.findOne(entity, { id } as never, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (record === null) throw await absence(em, table, type, id);
  if (record.version === expectedVersion) return record as Record;
  const message = `It has changed since: it is at version ${record.version}, not ${expectedVersion}. Read it again, then decide.`;
  throw new Mistakes([{ field: ['expectedVersion'], code: 'VERSION_CONFLICT', message }], {
    currentVersion: record.version,
    conflictingFields: await changedSince(em, id, expectedVersion),
  });
}

/** Rows that may be read and not written cannot be held. */
async function absence(em: EntityManager, table: string, type: string, id: string): Promise<Refusal> {
  const { rows } = await sql`select from ${sql.table(table)} where id = ${id}`.execute(em.getKysely<unknown>());
  return rows.length === 0
    ? new NotFound(`No ${type} that you may see has the id '${id}'.`)
    : new Refusal('FORBIDDEN', `This ${type} is not yours to change: another organisation owns it.`);
}

async function changedSince(em: EntityManager, id: string, version: number): Promise<string[]> {
  const { rows } = await sql<{ column: string }>`
    select distinct jsonb_object_keys(changes) as column from revision where record_id = ${id} and version > ${version}`.execute(
    em.getKysely<unknown>(),
  );
  return changedFields(rows.map(({ column }) => column));
}

/** Has the revisions of this transaction say why: its author wrote that down. */
export async function tellWhy(em: EntityManager, { note, source }: { note: string | null; source: string | null }) {
  if (note === null && source === null) return;
  await sql`select set_config('goodgraph.note', ${note ?? ''}, true), set_config('goodgraph.source', ${source ?? ''}, true)`.execute(
    em.getKysely<unknown>(),
  );
}

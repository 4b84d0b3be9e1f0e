import { ConstantBackoff, handleWhen, retry } from 'cockatiel';
import { CompiledQuery, sql } from 'kysely';
import type { Database } from './database.js';
import { connectionFault, DatabaseFault } from './errors.js';
import { migrations } from './migrations/index.js';

/** Any constant of ours: processes that migrate one database at once wait for each other on it. */
const lock = 7_463_012_001;
const oldestServer = 15;

/** Throws a DatabaseFault that an operator can act on when the server cannot be reached, or is too old. */
export async function checkServer(database: Database): Promise<void> {
  const query = CompiledQuery.raw(`select current_setting('server_version_num')::int / 10000 as major`);
  const major = await database
    .em()
    .getKysely<unknown>()
    .executeQuery<{ major: number }>(query)
    .then(
      ({ rows }) => rows[0]?.major ?? 0,
      (error: unknown) => {
        throw connectionFault(error);
      },
    );
  if (major < oldestServer)
    throw new DatabaseFault(
      'MISCONFIGURED',
      `This is PostgreSQL ${major}; GoodGraph needs ${oldestServer} or newer. Upgrade it, or leave DATABASE_URL out.`,
    );
}

/**
 * Brings the database to this version's schema, one process at a time. Returns the names of the migrations it ran.
 * Throws a DatabaseFault, changing nothing, when a newer GoodGraph has migrated it.
 */
export async function migrate(database: Database): Promise<string[]> {
  return database
    .em()
    .getKysely<unknown>()
    .connection()
    .execute(async (locked) => {
      await locked.executeQuery(CompiledQuery.raw('select pg_advisory_lock($1)', [lock]));
      try {
        const known = new Set(migrations.map(({ name }) => name));
        const newer = (await database.orm.migrator.getExecuted()).filter(({ name }) => !known.has(name));
        if (newer[0])
          throw new DatabaseFault(
            'MISCONFIGURED',
            `A newer GoodGraph has used this database (migration ${newer[0].name}). Update GoodGraph, or choose another DATA_DIR or DATABASE_URL.`,
          );
        return (await database.orm.migrator.up()).map(({ name }) => name);
      } catch (error) {
        throw error instanceof DatabaseFault ? error : connectionFault(error);
      } finally {
        await locked.executeQuery(CompiledQuery.raw('select pg_advisory_unlock($1)', [lock]));
      }
    });
}

/** A readers' pool has the deadline of requests for a connection: on a busy machine the first one may need several. */
const connecting = retry(
  handleWhen((error) => error instanceof DatabaseFault && error.kind === 'UNAVAILABLE'),
  { maxAttempts: 9, backoff: new ConstantBackoff(0) },
);

/**
 * Throws a DatabaseFault unless anonymous reads reach the migrated tables with the rights of `goodgraph_public`, no less
 * and no more: those of the owner would show every draft.
 */
export async function checkPublic(database: Database): Promise<void> {
  const setting = database.publicSetting;
  const grant = `Let an administrator run: grant goodgraph_public to <the user in ${setting}>;`;
  const probe = sql<{ keeper: boolean | null; reader: boolean | null }>`
    select has_table_privilege(to_regclass('account'), 'select') or not row_security_active(to_regclass('region')) as keeper,
      has_table_privilege(to_regclass('region'), 'select') as reader`;
  const [rights] = await connecting
    .execute(() => database.readAs({ role: 'ANONYMOUS', partnerId: null })(probe))
    .catch((error: unknown) => {
      throw connectionFault(error instanceof DatabaseFault ? error.cause : error, setting, grant);
    });
  if (rights?.reader === true && rights.keeper === false) return;
  const fault = rights?.keeper
    ? 'goodgraph_public sees what is not public. Revoke the rights that GoodGraph has not granted to it'
    : 'goodgraph_public finds nothing to read. Name the database that DATABASE_URL names, or a replica of it';
  throw new DatabaseFault('MISCONFIGURED', `Cannot use the database in ${setting}: the role ${fault}.`);
}

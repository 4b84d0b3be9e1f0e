import { expect, test } from 'vitest';
import { relayOnce } from '../../../../../src/subgraphs/discovery/search/upkeep/relay.js';
import { rebuild } from '../../../../../src/subgraphs/discovery/search/upkeep/fill.js';
import { onDuty } from '../../../../../src/subgraphs/discovery/search/upkeep/target.js';
import { aDatabase, execute, type TestDatabase } from '../../../../support/database.js';
import { aPractice } from '../../../../support/factories.js';
import { engineOf, untilReadable, watched } from '../../../../support/search-upkeep.js';

/** Transactions that wait with a snapshot: nothing that was deleted since can be cleared away, nor known to be seen by all. */
const held = async (database: TestDatabase) =>
  execute(
    database,
    `select query from pg_stat_activity where datname = current_database() and state = 'idle in transaction'
      and (backend_xmin is not null or backend_xid is not null)`,
  );

test.each([true, false])('who is on duty holds up no VACUUM meanwhile, ifFree: %s', async (ifFree) => {
  const database = await aDatabase();
  expect(await onDuty(database.em(), 'rebuild', 'postgresql', () => held(database), { ifFree })).toEqual([]);
});

test('a relay holds up no VACUUM while its engine writes', async () => {
  const database = await aDatabase();
  await aPractice(database);
  await untilReadable(database);
  const seen = watched(engineOf(database));
  const waiting: unknown[][] = [];
  seen.before = async () => void waiting.push(await held(database));
  await relayOnce({ em: database.em(), engine: seen.engine });
  expect(waiting).toEqual([[]]);
});

// Again when others connect just then: a connection that has no database yet holds up VACUUM in each of them.
test(
  'all that a rebuild has written is known to be seen by all: searches read indexes alone',
  { retry: 3 },
  async () => {
    const database = await aDatabase();
    await aPractice(database, { title: 'Enamel' });
    await rebuild({ em: database.em(), engine: engineOf(database) });
    const pages = await execute(
      database,
      `select relname, relpages - relallvisible as unsure from pg_class
      where relnamespace = 'goodgraph_search'::regnamespace and relname in ('posting', 'facet', 'document') order by 1`,
    );
    expect(pages).toEqual(['document', 'facet', 'posting'].map((relname) => ({ relname, unsure: 0 })));
  },
);

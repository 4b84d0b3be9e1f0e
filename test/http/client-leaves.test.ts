import { once } from 'node:events';
import { connect } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { openDatabase } from '../../src/database/database.js';
import { anApp } from '../support/app.js';
import { execute } from '../support/database.js';
import { aPartner, aRegion } from '../support/factories.js';
import { hold } from '../support/hold.js';

const soon = { timeout: 10_000 };

// No statement ends here by its own deadline.
const app = await anApp('migrated', {}, 60_000, { statement: 60_000 });

const patient = openDatabase({
  address: { ...inject('postgres'), database: app.database.name },
  entities: [],
  deadlines: { pool: 5_000, statement: 60_000 },
});
afterAll(() => patient.close());

beforeAll(async () => {
  const region = await aRegion(app.database, 'XA');
  await aPartner(app.database, { region_id: region.id });
});

/** Sends an operation over a socket of its own, which can be torn. */
async function send(query: string) {
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const body = JSON.stringify({ query });
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  return socket;
}

const metric = async (name: string) =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await (await fetch(`${app.url}/metrics`)).text())?.[1]);

test.each([
  ['read field by field', 2, '(where: { origin: { in: [ENTERED, REPORTED, DEMONSTRATION] } })', 1],
  ['compiled', 1, '', 2],
])(
  'a client that leaves takes the statement of what is %s with it, and none is sent any more',
  async (_how, read, where, abandoned) => {
    app.statements.length = 0;
    const table = await hold(app.database, 'region');
    const socket = await send(`{ partners${where} { nodes { name region { name partners { totalCount } } } } }`);
    await table.waited();
    expect(app.statements).toHaveLength(read);
    socket.destroy();
    // The table is held still: the statement ends for no other reason than that it is cancelled.
    await table.waited(0);
    await vi.waitUntil(async () => (await metric('goodgraph_operations_abandoned_total')) === abandoned, soon);
    await table.release();
    const answer = await fetch(`${app.url}/graphql?query={themes{totalCount}}`);
    expect(await answer.json()).toMatchObject({ data: { themes: { totalCount: 0 } } });
    expect(app.statements).toHaveLength(read + 1);
    expect(app.statements[read]).toMatch(/from "?theme\b/);
  },
);

test.each(['ANONYMOUS', 'REVIEWER'])(
  'a statement of %s is cancelled at its signal, with its reason; the connection serves on',
  async (role) => {
    const stop = new AbortController();
    const read = patient.readAs({ role, partnerId: null }, stop.signal);
    const asleep = `select from pg_stat_activity where query = 'select pg_sleep(60) as "${role}"' and state = 'active'`;
    const ended = read(sql`select pg_sleep(60) as "${sql.raw(role)}"`).catch((error: unknown) => error);
    await vi.waitUntil(async () => (await execute(app.database, asleep)).length === 1, soon);
    const enough = new Error('enough');
    stop.abort(enough);
    expect(await ended).toBe(enough);
    expect(await execute(app.database, asleep)).toEqual([]);
    const again = patient.readAs({ role, partnerId: null });
    expect(await again(sql`select 1 as n`)).toEqual([{ n: 1 }]);
    await expect(read(sql`select 1 as n`)).rejects.toThrow('enough');
  },
);

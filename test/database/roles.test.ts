import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, inject, expect, test } from 'vitest';
import { openEmbedded, type ClusterAddress } from '../../src/database/embedded/embedded.js';
import { checkPublic, migrate } from '../../src/database/migrate.js';
import { migrations } from '../../src/database/migrations/index.js';
import { connect, connectAdmin, execute } from '../support/connect.js';
import { aPartner, aPractice, aRegion, aTheme, draft, link } from '../support/factories.js';

const anonymous = { role: 'ANONYMOUS', partnerId: null };

/** A cluster that has never heard of our roles: they belong to it, not to a database. */
async function aCluster(): Promise<ClusterAddress> {
  const dataDir = await mkdtemp(join(tmpdir(), 'goodgraph-roles-'));
  const cluster = await openEmbedded({ dataDir, as: 'client', command: 'the tests' });
  afterAll(async () => {
    await cluster.release();
    await rm(dataDir, { recursive: true, force: true });
  });
  return cluster.address;
}

/** A database that belongs to a login of its own, opened as that login. */
async function aDatabaseOf(address: ClusterAddress, attributes: string) {
  const user = `o_${crypto.randomUUID().replaceAll('-', '')}`;
  const admin = connectAdmin(address);
  await execute(admin, `create role ${user} login ${attributes}`);
  await execute(admin, `create database ${user} owner ${user}`);
  const database = connect({ ...address, user }, user);
  afterAll(async () => {
    await database.close();
    await execute(admin, `drop database ${user} with (force)`);
    await admin.close();
  });
  return { user, database, admin };
}

test('an owner that is no superuser makes the roles, migrates, writes, and serves every reader', async () => {
  const { database } = await aDatabaseOf(await aCluster(), 'createrole');
  expect(await migrate(database)).toHaveLength(migrations.length);
  await checkPublic(database);
  const region = await aRegion(database, 'BE');
  const partner = await aPartner(database);
  const practice = await aPractice(database, { ...draft, owner_id: partner.id });
  await link(database, 'good_practice_region', { good_practice_id: practice.id, region_id: region.id });
  await execute(database, `update region set name_latin = 'Belgium' where id = $1`, [region.id]);
  await execute(database, `delete from region where id = $1`, [(await aRegion(database, 'NL')).id]);
  expect(await execute(database, 'select kind, version from change order by id')).toEqual([
    { kind: 'CREATED', version: 1 },
    { kind: 'CREATED', version: 1 },
    { kind: 'CREATED', version: 1 },
    { kind: 'UPDATED', version: 2 },
    { kind: 'UPDATED', version: 2 },
    { kind: 'CREATED', version: 1 },
    { kind: 'DELETED', version: 1 },
  ]);
  const counts = sql`select (select count(*)::int from region) as regions, (select count(*)::int from good_practice) as practices,
    (select count(*)::int from revision where record_id = ${practice.id}) as revisions`;
  expect(await database.readAs(anonymous)(counts)).toEqual([{ regions: 1, practices: 0, revisions: 0 }]);
  expect(await database.readAs({ role: 'PARTNER', partnerId: null })(counts)).toMatchObject([{ practices: 0 }]);
  expect(await database.readAs({ role: 'PARTNER', partnerId: partner.id })(counts)).toMatchObject([{ practices: 1 }]);
  expect(await database.readAs({ role: 'REVIEWER', partnerId: null })(counts)).toEqual([
    { regions: 1, practices: 1, revisions: 2 },
  ]);
});

test('an owner that may make no roles is told what an administrator has to run', async () => {
  const { user, database, admin } = await aDatabaseOf(await aCluster(), '');
  const create = 'create role goodgraph_member nologin; create role goodgraph_public nologin; ';
  const grant = `grant goodgraph_public, goodgraph_member to ${user};`;
  await expect(migrate(database)).rejects.toMatchObject({
    kind: 'MISCONFIGURED',
    message:
      'Cannot use the database: The user in DATABASE_URL lacks a right that GoodGraph needs. ' +
      "Make the user the database's owner. PostgreSQL says: GoodGraph needs the database role goodgraph_public\n" +
      ` - hint: Let an administrator run: ${create}${grant}`,
  });
  await execute(admin, create);
  await execute(admin, grant);
  await migrate(database);
  await checkPublic(database);
});

test('where the roles are there already, only the grant is asked for', async () => {
  const { user, database, admin } = await aDatabaseOf(inject('postgres'), 'createrole');
  const grant = `grant goodgraph_public, goodgraph_member to ${user};`;
  await expect(migrate(database)).rejects.toThrow(` - hint: Let an administrator run: ${grant}`);
  await execute(admin, grant);
  await migrate(database);
  await checkPublic(database);
  expect(await aTheme(database)).toBeDefined();
});

test('a user who may make nothing in the database is told so, in the words of PostgreSQL', async () => {
  const { database, admin, user } = await aDatabaseOf(inject('postgres'), '');
  await execute(admin, `alter database ${user} owner to goodgraph`);
  await expect(migrate(database)).rejects.toThrow(
    'Cannot use the database: The user in DATABASE_URL lacks a right that GoodGraph needs. ' +
      "Make the user the database's owner. PostgreSQL says: permission denied for schema public",
  );
});

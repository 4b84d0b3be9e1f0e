import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { seedDatabase } from '../../src/cli/seed.js';
import { openEmbedded, type ClusterAddress } from '../../src/database/embedded/embedded.js';
import { migrate } from '../../src/database/migrate.js';
import { openSearch, rebuildSearch } from '../../src/subgraphs/discovery/search/open.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { connect, connectAdmin, execute } from './connect.js';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: ClusterAddress;
  }
}

/**
 * One cluster for the whole run, with templates to copy: `migrated`, `seeded` with the real seeds, `demonstration`. What
 * keeps the tests from beginning is told once more among the last lines, where people and scripts look.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  return begin(project).catch((error: unknown) => {
    process.once('exit', () => console.log(`The tests did not begin. ${String(error)}`));
    throw error;
  });
}

async function begin(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'goodgraph-test-'));
  const opening = { dataDir, as: 'client', command: 'the tests' } as const;
  const setUp = await openEmbedded(opening);
  await setForTests(setUp.address).finally(() => setUp.release());
  const cluster = await openEmbedded(opening);
  const teardown = async () => {
    await cluster.release();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await makeTemplates(cluster.address);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('postgres', cluster.address);
  return teardown;
}

/** Holds once the cluster has started anew. */
async function setForTests(address: ClusterAddress): Promise<void> {
  const admin = connectAdmin(address);
  // Nothing of it outlives the run, and hundreds of copies are made.
  await execute(admin, 'alter system set fsync = off');
  // It would look after hundreds of databases that are soon forgotten.
  await execute(admin, 'alter system set autovacuum = off');
  // Pools of many databases are open at a time: as many as a file of tests makes, and those of its servers.
  await execute(admin, 'alter system set max_connections = 300');
  await admin.close();
}

async function makeTemplates(address: ClusterAddress): Promise<void> {
  const admin = connectAdmin(address);
  for (const [name, template, seed] of [
    ['migrated', 'template1', null],
    ['seeded', 'migrated', 'real'],
    ['demonstration', 'seeded', 'demo'],
  ] as const) {
    await execute(admin, `create database ${name} template ${template} strategy file_copy`);
    const database = connect(address, name);
    await migrate(database);
    if (seed !== null) await seedDatabase({ em: database.em(), subgraphs, seed });
    await rebuildSearch(openSearch(database), database);
    await database.close();
  }
  await admin.close();
}

import type { Config } from '../config.js';
import type { Database } from '../database/database.js';
import { anonymous } from '../graph/context.js';
import { demonstrationNotice, holdsDemonstration } from '../subgraphs/demonstration.js';
import { subgraphs } from '../subgraphs/subgraphs.js';
import { report } from './report.js';
import { seedDatabase } from './seed.js';

interface Command {
  database: Database;
  seed: Config['seed'];
  json: boolean | undefined;
  log: (message: string) => void;
}

/** Loads the seeds, tells what was in their files, and whether the database holds what is made up. */
export async function printSeeded({ database, seed, json, log }: Command): Promise<void> {
  const files = seed === 'none' ? [] : await seedDatabase({ em: database.em(), subgraphs, seed, log });
  const demonstration = await holdsDemonstration(database.readAs(anonymous));
  const lines = files.map(({ file, entries }) => `${file}: ${entries} entries`);
  if (seed === 'none')
    lines.push("SEED is 'none': nothing was loaded. 'real' loads the seeds, 'demo' the demonstration too.");
  if (demonstration) lines.push(demonstrationNotice);
  report(json, { files, demonstration }, lines.join('\n'));
}

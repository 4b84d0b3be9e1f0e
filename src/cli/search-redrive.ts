import type { Database } from '../database/database.js';
import type { SearchEngine } from '../subgraphs/discovery/search/engine.js';
import { redrive } from '../subgraphs/discovery/search/upkeep/redrive.js';
import { report } from './report.js';

interface Redrive {
  database: Database;
  engines: readonly SearchEngine[];
  json: boolean | undefined;
}

/** Gives search engines once more what they refused; the process ends with 1 where they refuse some of it again. */
export async function printRedriven({ database, engines, json }: Redrive): Promise<void> {
  const targets = [];
  for (const engine of engines)
    targets.push({ target: engine.name, ...(await redrive({ em: database.em(), engine })) });
  const lines = targets.flatMap(({ target, written, refused }) => [
    `${target}: ${written.length} taken, ${refused.length} refused again`,
    ...refused.map(({ recordId, reason }) => `  ${recordId}: ${reason}`),
  ]);
  report(json, { targets }, lines.join('\n'));
  if (targets.some(({ refused }) => refused.length > 0)) process.exitCode = 1;
}

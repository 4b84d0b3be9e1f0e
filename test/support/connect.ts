import { CompiledQuery } from 'kysely';
import { openDatabase, type Database } from '../../src/database/database.js';
import type { ClusterAddress } from '../../src/database/embedded/embedded.js';
import { limits } from '../../src/graph/limits.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';

/** Opens one database of the test cluster. */
export function connect(address: ClusterAddress, database: string, onStatement?: (sql: string) => void): Database {
  return openDatabase({
    address: { ...address, database },
    entities: subgraphs.flatMap(({ entities }) => [...entities]),
    deadlines: { pool: 5_000, statement: limits.deadline.statement },
    onStatement,
  });
}

/** Runs one statement with full rights. */
export async function execute<Row = Record<string, unknown>>(
  database: Database,
  text: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  return (await database.em().getKysely<unknown>().executeQuery<Row>(CompiledQuery.raw(text, parameters))).rows;
}

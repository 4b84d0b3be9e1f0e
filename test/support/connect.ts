import { CompiledQuery } from 'kysely';
import { openDatabase, type Database } from '../../src/database/database.js';
import type { ClusterAddress } from '../../src/database/embedded/embedded.js';
import { limits } from '../../src/graph/limits.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';

const deadlines = { pool: 5_000, statement: limits.deadline.statement };
const entities = subgraphs.flatMap((subgraph) => [...subgraph.entities]);

/** Opens one database of the test cluster. */
export function connect(address: ClusterAddress, database: string, onStatement?: (sql: string) => void): Database {
  return openDatabase({ address: { ...address, database }, entities, deadlines, onStatement });
}

/** For statements about the cluster: it knows no entities, which take as long to learn as a database takes to copy. */
export function connectAdmin(address: ClusterAddress): Database {
  return openDatabase({ address: { ...address, database: 'goodgraph' }, entities: [], deadlines });
}

/** Runs one statement with full rights. */
export async function execute<Row = Record<string, unknown>>(
  database: Database,
  text: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  return (await database.em().getKysely<unknown>().executeQuery<Row>(CompiledQuery.raw(text, parameters))).rows;
}

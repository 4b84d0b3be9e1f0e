import 'reflect-metadata';
import { setTimeout } from 'node:timers/promises';
import { parse, type ExecutionResult } from 'graphql';
import { anonymous, readInWaves, type Viewer } from '../../src/graph/context.js';
import { DatabaseFault } from '../../src/database/errors.js';
import type { GraphExecutor } from '../../src/graph/executor.js';
import { openSearch, rebuildSearch } from '../../src/subgraphs/discovery/search/open.js';
import { records } from '../../src/subgraphs/records.js';
import type { Graph } from '../../src/subgraphs/graph.js';
import { aDatabase, execute, type TestDatabase } from './database.js';
import { fill } from './filled.js';
import { valuesOf, type GraphValues } from './graph-values.js';
import type { RandomOperation } from './random-operation.js';

/** What somebody answered, as texts that can be compared. */
export interface Told {
  data: string;
  /** Path, code and message of each, in an order of their own. */
  errors: string[];
}

/** One of those who should answer alike. */
export type Side = (operation: RandomOperation, viewer: Viewer) => Promise<Told>;

export interface Difference {
  operation: RandomOperation;
  viewer: Viewer;
  expected: Told;
  actual: Told;
}

/** A graph in this process, asked as its endpoint asks it. */
export function inProcess(
  database: Pick<TestDatabase, 'em' | 'readAs'>,
  { executor, contextFor }: Pick<Graph, 'contextFor'> & { executor: GraphExecutor },
): Side {
  const search = openSearch(database);
  return async ({ query, variables }, viewer) => {
    const stop = new AbortController();
    const read = readInWaves(database.readAs(viewer), stop);
    const context = { stop, ...contextFor({ viewer, read, search }) };
    return told(await executor.execute({ document: parse(query), variables, context }));
  };
}

/** An endpoint that serves the anonymous. */
export function overHttp(url: string): Side {
  return async (operation) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(operation),
    });
    return told((await response.json()) as ExecutionResult);
  };
}

/** The code that an endpoint gives to a database that does not answer, or not in time. */
const faultOf = (error: unknown) =>
  error instanceof DatabaseFault && (error.kind === 'UNAVAILABLE' || error.kind === 'TIMEOUT')
    ? 'SERVICE_UNAVAILABLE'
    : undefined;

/** What is said of the server instead of an answer. */
const isBusy = ({ errors }: Told) => errors.some((text) => / (SERVICE_UNAVAILABLE|DEADLINE_EXCEEDED): /.test(text));

/** Asks one who is busy once more, up to four times with a pause. */
export function patiently(side: Side, pause = 1_000): Side {
  return async (operation, viewer) => {
    let found = await side(operation, viewer);
    for (let tries = 0; tries < 4 && isBusy(found); tries += 1) {
      await setTimeout(pause);
      found = await side(operation, viewer);
    }
    return found;
  };
}

function told({ data = null, errors = [] }: ExecutionResult): Told {
  const texts = errors.map(
    ({ path, message, extensions, originalError }) =>
      `${path?.join('.')} ${faultOf(originalError) ?? String(extensions?.['code'])}: ${message}`,
  );
  return { data: JSON.stringify(data), errors: texts.toSorted() };
}

/** Too dear for one of them: limits are others' matter. */
const isRefused = ({ errors }: Told) => errors.some((text) => text.includes(' COST_EXCEEDED: '));

/** Where the two sides differ in `data`, or else in `errors`. */
export async function difference(
  [expected, actual]: readonly [Side, Side],
  operation: RandomOperation,
  viewer: Viewer,
): Promise<(Difference & { in: 'data' | 'errors' | 'limits' }) | null> {
  const [a, b] = [await expected(operation, viewer), await actual(operation, viewer)];
  if (isRefused(a) || isRefused(b)) return { in: 'limits', operation, viewer, expected: a, actual: b };
  if (a.data !== b.data) return { in: 'data', operation, viewer, expected: a, actual: b };
  if (a.errors.join('\n') !== b.errors.join('\n')) return { in: 'errors', operation, viewer, expected: a, actual: b };
  return null;
}

export interface ParityData {
  database: TestDatabase;
  /** The keys of all records, hidden ones too. */
  values: GraphValues;
  /** Nobody, and a partner who has drafts. */
  viewers: [Viewer, Viewer];
}

/** A filled database of this file's own in which an eighth of the records are drafts, and as many withdrawn. */
export async function parityData(graph: Graph): Promise<ParityData> {
  const database = await aDatabase();
  await fill(database);
  for (const { table } of Object.values(records))
    await execute(
      database,
      `update ${table} set publication_status = case hashtext(id) & 7 when 0 then 'DRAFT' else 'WITHDRAWN' end,
         withdrawn_reason = case hashtext(id) & 7 when 0 then null else 'Entered twice.' end
       where hashtext(id) & 7 in (0, 1)`,
    );
  await rebuildSearch(openSearch(database), database);
  const [owner] = await execute<{ id: string }>(
    database,
    `select owner_id id from good_practice where publication_status = 'DRAFT'
     group by 1 order by count(*) desc, 1 limit 1`,
  );
  const everything: Viewer = { role: 'ADMIN', partnerId: null, accountId: null };
  const ask = inProcess(database, graph);
  const values = await valuesOf(
    graph.executor.schema,
    async (query) => JSON.parse((await ask({ query, variables: {} }, everything)).data) as never,
  );
  return { database, values, viewers: [anonymous, { role: 'PARTNER', partnerId: owner?.id ?? '', accountId: null }] };
}

import 'reflect-metadata';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import type { Cost } from '../../src/graph/admission.js';
import { anonymous, readInWaves, type Viewer } from '../../src/graph/context.js';
import { withDeadline } from '../../src/graph/deadline.js';
import { noEffort } from '../../src/graph/effort.js';
import { fusedExecutor } from '../../src/graph/executor.js';
import { fuse } from '../../src/graph/fuse.js';
import { limits } from '../../src/graph/limits.js';
import { createApollo } from '../../src/http/apollo.js';
import { fusedGraph } from '../../src/subgraphs/graph.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { openSearch } from '../../src/subgraphs/discovery/search/open.js';
import type { Search } from '../../src/subgraphs/discovery/search/search.js';
import type { TestDatabase } from './database.js';

// oxlint-disable-next-line typescript/no-explicit-any -- answers are asserted whole, field by field
export type Answer = Record<string, any>;

export interface Run {
  data: Answer;
  errors: { message: string; code: unknown; path?: readonly (string | number)[] | undefined }[];
  statements: string[];
  /** `extensions.cost`, where the operation could be priced. */
  cost: Cost | undefined;
}

const graph = fusedGraph(subgraphs);

/**
 * The fused graph over a database, asked as over HTTP: validated, limited, masked. Without `isCompiled` every field is read by
 * its resolver, as in a subgraph of its own: for those who count what loaders do.
 */
export async function aGraph(
  database: TestDatabase,
  { isCompiled = true, search = openSearch(database) }: { isCompiled?: boolean; search?: Search } = {},
) {
  const { executor: compiled } = graph;
  const executor = withDeadline(isCompiled ? compiled : fusedExecutor(fuse(graph)), limits.deadline.operation * 2);
  const apollo = createApollo({
    executor,
    typeDefs: graph.subgraphs.map((subgraph) => subgraph.typeDefs),
    maxAgeOf: () => 60,
    log: pino({ level: 'silent' }),
  });
  await apollo.start();
  afterAll(() => apollo.stop());

  /** `stop` is aborted where the client leaves. */
  async function run(
    query: string,
    variables: Record<string, unknown> = {},
    viewer: Viewer = anonymous,
    stop = new AbortController(),
  ): Promise<Run> {
    database.statements.length = 0;
    const read = readInWaves(database.readAs(viewer), stop);
    const contextValue = {
      viewer,
      stop,
      effort: noEffort(),
      ...graph.contextFor({ viewer, read, search, write: (work) => database.writeAs(viewer, stop.signal, work) }),
    };
    const { body } = await apollo.executeOperation({ query, variables }, { contextValue });
    if (body.kind !== 'single') throw new Error('The graph answers in one piece.');
    const { data, errors = [], extensions: told } = body.singleResult;
    return {
      data: JSON.parse(JSON.stringify(data ?? null)) as Answer,
      errors: errors.map(({ message, path, extensions }) => ({
        message,
        code: extensions?.['code'],
        ...(path && { path }),
      })),
      statements: [...database.statements],
      cost: told?.['cost'] as Cost | undefined,
    };
  }
  return { run };
}

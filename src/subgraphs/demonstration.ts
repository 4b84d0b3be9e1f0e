import { parse } from 'graphql';
import { sql } from 'kysely';
import type { Run } from '../graph/context.js';
import type { GraphExecutor } from '../graph/executor.js';

/** What people are told wherever made-up records may turn up. */
export const demonstrationNotice =
  'This database holds demonstration records: made up to show features, never facts. Ask for `origin`: theirs is DEMONSTRATION.';

/** Whether there are demonstration records: each names a source, which is as made up as the record. */
export async function holdsDemonstration(run: Run): Promise<boolean> {
  return (await run(sql`select from source where origin = 'DEMONSTRATION' limit 1`)).length > 0;
}

const question = parse('{ sources(first: 1, where: { origin: { eq: DEMONSTRATION } }) { nodes { id } } }');

/** The same, asked of a graph whose subgraphs run elsewhere. */
export async function tellsOfDemonstration(executor: GraphExecutor): Promise<boolean> {
  const { data } = await executor.execute({ document: question, context: { subgraph: () => undefined } });
  const { sources } = (data ?? {}) as { sources?: { nodes: unknown[] } | null };
  return (sources?.nodes.length ?? 0) > 0;
}

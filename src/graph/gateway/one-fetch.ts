import { Kind, parse, print, type DocumentNode } from 'graphql';
import type { FetchNode, PlanNode } from './planner.js';

const known = new WeakMap<FetchNode, boolean>();

/**
 * Whether a plan asks one subgraph for just what the client's document says. Then the subgraph has completed the answer on
 * its own schema, whose types are those of the API, and nothing is left to put together.
 */
export function isOneFetch(document: DocumentNode, node: PlanNode | undefined): boolean {
  if (node?.kind !== 'Fetch') return false;
  const before = known.get(node);
  if (before !== undefined) return before;
  const selected = selectionOf(document);
  const isOne =
    selected !== undefined && !node.outputRewrites?.length && selected === selectionOf(parse(node.operation));
  known.set(node, isOne);
  return isOne;
}

/** What the only operation of a document selects; undefined where fragments select too. */
function selectionOf({ definitions }: DocumentNode): string | undefined {
  const [only, ...others] = definitions;
  return only?.kind === Kind.OPERATION_DEFINITION && others.length === 0 ? print(only.selectionSet) : undefined;
}

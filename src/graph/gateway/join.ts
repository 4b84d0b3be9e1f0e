import { buildSchema, type DocumentNode } from 'graphql';
import { compose, type Composition } from '../compose.js';
import { checkDiff } from '../joining/diff.js';
import { checkPolicy } from '../joining/policy.js';
import { endless, type Said } from '../joining/said.js';
import { parsedSdl, type SubgraphSdl } from '../joining/sdl.js';
import { createPlanner, type Plan } from './planner.js';

/** Subgraphs that make one graph, which can be planned. */
export interface Joined extends Composition {
  members: readonly SubgraphSdl[];
  plan: Plan;
}

/** Throws an Error that lists why they make no graph. */
export async function joined(members: readonly SubgraphSdl[]): Promise<Joined> {
  const composition = compose(members);
  return { members, ...composition, plan: await createPlanner(composition.supergraphSdl) };
}

/**
 * A graph with a partner's subgraph in it, from its SDL. Throws an Error that says why it may not be in it: whoever would take
 * what is there, or take it along when it is down, stays out, whatever composers allow.
 */
export async function withPartner(graph: Joined, name: string, sdl: string): Promise<Joined> {
  const typeDefs = parsedSdl(sdl, `${name}.graphql`);
  refuse('message' in typeDefs ? [typeDefs] : []);
  const theirs = { name, typeDefs: typeDefs as DocumentNode };
  refuse(checkPolicy(theirs, graph.members));
  const next = await joined([...graph.members, theirs]).catch((error: Error) => {
    throw error instanceof RangeError ? new Error(endless) : error;
  });
  const [before, after] = [buildSchema(graph.publicSdl), buildSchema(next.publicSdl)];
  refuse(checkDiff(before, after, { theirs, ours: graph.members }));
  return next;
}

function refuse(found: readonly Said[]): void {
  const [first, ...more] = found.filter(({ level }) => level === 'fault');
  if (first) throw new Error(more.length > 0 ? `${first.message} (${more.length} more)` : first.message);
}

import { execute, GraphQLError } from 'graphql';
import { isDeeper } from '../executor.js';
import type { FusedContext } from '../fuse.js';
import { told } from '../joining/said.js';
import type { SubgraphSdl } from '../joining/sdl.js';
import { servedSchema } from '../joining/served-schema.js';
import { isObject, type Answer } from './answer-tree.js';
import type { SubgraphService } from './gateway.js';
import { unavailable } from './remote.js';
import type { SubgraphRequest } from './run-plan.js';

/** An answer is as deep as its operation, but for lists in lists and for what a scalar of a partner's may hold. */
const deepest = 64;

/**
 * A partner's subgraph that is held to its own SDL: graphql-js completes each answer by it as it comes, so that we go on with
 * what was asked for and declared, and with nothing beside. What is not as declared is an error in its place.
 */
export function heldToSdl(sdl: SubgraphSdl, ask: SubgraphService, log: (message: string) => void): SubgraphService {
  const { name } = sdl;
  const schema = servedSchema(sdl);
  const refuse = (what: string): GraphQLError => {
    log(`subgraph ${name} ${what}`);
    return unavailable(name);
  };
  return async (request, context) => {
    const { data, errors = [] } = await ask(request, context);
    if (!isObject(data)) return { data: null, errors };
    if (isDeeper(data, deepest)) throw refuse('answered something that is nested too deeply');
    const fault = entitiesFault(data, request);
    if (fault) throw refuse(fault);
    const completed = await execute({
      schema,
      document: request.document,
      variableValues: request.variables,
      contextValue: context,
      rootValue: withTypes(data, request),
      fieldResolver: byResponseName,
      typeResolver: (value) => (value as Answer)['__typename'] as string | undefined,
    });
    const undeclared = (completed.errors ?? []).map(({ path = [], message }) => {
      const cause = refuse(`answered what its schema does not allow: ${path.join('.')}: ${told(message)}`);
      return new GraphQLError(cause.message, { path, originalError: cause });
    });
    return { data: completed.data ?? null, errors: [...errors, ...undeclared] };
  };
}

/** What keeps lists of entities from being handed out. */
function entitiesFault(data: Answer, { entities, variables }: SubgraphRequest): string | undefined {
  for (const [name, variable] of entities) {
    const [list, keys] = [data[name], variables[variable] as unknown[]];
    if (!Array.isArray(list)) return 'answered no list of entities';
    if (list.length !== keys.length) return `answered ${list.length} entities for ${keys.length} keys`;
  }
  return undefined;
}

/** Entities are of the type that was asked for, whether or not they say so. */
function withTypes(data: Answer, { entities, variables }: SubgraphRequest): Answer {
  const lists = [...entities].map(([name, variable]) => {
    const keys = variables[variable] as { __typename: string }[];
    const list = data[name] as unknown[];
    const entity = (value: unknown, index: number) =>
      isObject(value) ? { ...value, __typename: keys[index]?.__typename } : value;
    return [name, list.map(entity)];
  });
  return { ...data, ...Object.fromEntries(lists) };
}

function byResponseName(
  source: unknown,
  _args: unknown,
  context: FusedContext,
  { path }: { path: { key: string | number } },
) {
  if (!isObject(source)) throw new Error('Expected an object.');
  const value = Object.hasOwn(source, path.key) ? source[path.key] : undefined;
  if (Array.isArray(value)) context.read?.answers(value.length);
  return value;
}

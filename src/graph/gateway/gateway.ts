import {
  buildSchema,
  execute,
  getOperationAST,
  GraphQLError,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { getDirectiveValues, getVariableValues } from 'graphql/execution/values.js';
import { tooDeep, type GraphExecutor, type GraphOperation } from '../executor.js';
import type { FusedContext } from '../fuse.js';
import type { Subgraph } from '../subgraph.js';
import { causeOf, errorsOf, typesOf, type Answer } from './answer-tree.js';
import type { Plan } from './planner.js';
import { isOneFetch } from './one-fetch.js';
import { runPlan, type PlanRun, type SubgraphRequest } from './run-plan.js';

/** Answers what a plan asks of one subgraph, here or elsewhere. Rejects when the subgraph does not answer. */
export type SubgraphService = (request: SubgraphRequest, context: FusedContext) => Promise<ExecutionResult>;

export interface GatewayOptions {
  supergraphSdl: string;
  publicSdl: string;
  plan: Plan;
  /** By the names that the supergraph knows them by. */
  services: ReadonlyMap<string, SubgraphService>;
  /** Those in this process: their scalars check what clients send. */
  local: readonly Pick<Subgraph, 'schema'>[];
}

/**
 * Executes as a router does: plans an operation, asks each subgraph for its part, and puts the answer together. The parts are
 * completed by graphql-js on the API schema, so that nulls, errors and introspection are what the specification says.
 */
export function gatewayExecutor({ supergraphSdl, publicSdl, plan, services, local }: GatewayOptions): GraphExecutor {
  const schema = apiSchema(publicSdl, local);
  const isOfType = typesOf(buildSchema(supergraphSdl, { assumeValid: true }));
  const fetch = async (operation: GraphOperation, coerced: Record<string, unknown>): Promise<Parts> => {
    const { document, operationName, variables, context } = operation;
    if (!asksForData(document, operationName, coerced)) return { data: {}, errors: [], isComplete: false };
    const { node } = await plan(document, operationName, context.stop?.signal);
    const ask = async (name: string, request: SubgraphRequest) => {
      const service = services.get(name);
      if (!service) throw new Error(`The plan asks subgraph ${name}, which there is not.`);
      return service(request, context);
    };
    const copies = (items: number) => {
      if (context.read?.answers(items) === false) context.stop?.signal.throwIfAborted();
    };
    const given = { ask, isOfType, variables: variables ?? {}, coerced, copies };
    const run: PlanRun = { ...given, data: {}, errors: [], isFaulty: false };
    await runPlan(run, node);
    return { ...run, isComplete: !run.isFaulty && isOneFetch(document, node) };
  };
  return { schema, execute: (operation) => executeParts(schema, operation, fetch) };
}

interface Parts {
  data: Answer;
  /** Errors without a place in the data. */
  errors: Error[];
  /** Whether the data is the answer as it stands. */
  isComplete: boolean;
}

async function executeParts(
  schema: GraphQLSchema,
  operation: GraphOperation,
  fetch: (operation: GraphOperation, coerced: Record<string, unknown>) => Promise<Parts>,
): Promise<ExecutionResult> {
  const { document, operationName, variables } = operation;
  const fault = tooDeep(variables);
  if (fault) return { errors: [fault] };
  const asked = getOperationAST(document, operationName);
  const { coerced, errors: refused } = getVariableValues(schema, asked?.variableDefinitions ?? [], variables ?? {}, {
    maxErrors: 50,
  });
  if (refused) return { errors: refused };
  const { data, errors, isComplete } = await fetch(operation, coerced).catch((error: Error): Parts => ({
    data: {},
    errors: [error],
    isComplete: false,
  }));
  if (isComplete) return { data };
  const result = await execute({
    schema,
    document,
    operationName,
    variableValues: variables,
    rootValue: data,
    fieldResolver: byResponseName,
    typeResolver: (value) => (value as Answer)['__typename'] as string | undefined,
  });
  if (errors.length === 0 && !result.errors) return result;
  const told = (result.errors ?? []).flatMap(errorsOf);
  return { ...result, errors: [...told, ...errors.map(asGraphQLError)] };
}

/** What came for a field lies under the name that the client gave it. */
const byResponseName: GraphQLFieldResolver<Answer, unknown> = (source, _args, _context, { path }) => source[path.key];

const asGraphQLError = (error: Error): GraphQLError =>
  new GraphQLError(error.message, { originalError: causeOf(error) });

/**
 * The API schema. What subgraphs answered is serialized already, so scalars only read what clients send; they serialize too
 * where rows are answered from.
 */
export function apiSchema(publicSdl: string, local: GatewayOptions['local'], isFromRows = false): GraphQLSchema {
  const api = buildSchema(publicSdl);
  for (const type of Object.values(api.getTypeMap())) {
    if (!isScalarType(type) || isSpecifiedScalarType(type)) continue;
    const known = local.map(({ schema }) => schema.getType(type.name)).find(isScalarType);
    if (!known) continue;
    const { parseValue, parseLiteral, serialize } = known;
    Object.assign(type, { parseValue, parseLiteral, ...(isFromRows && { serialize }) });
  }
  return api;
}

/** Whether a field is left that a subgraph must answer: the planner cannot plan for none. */
function asksForData(
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Record<string, unknown>,
): boolean {
  const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const asks = ({ selections }: SelectionSetNode): boolean =>
    selections.some((selection) => {
      if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.['if'] === true) return false;
      if (getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.['if'] === false) return false;
      if (selection.kind === Kind.FIELD) return !selection.name.value.startsWith('__');
      const part =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : fragments.find(({ name }) => name.value === selection.name.value);
      return part !== undefined && asks(part.selectionSet);
    });
  return asks((getOperationAST(document, operationName) as OperationDefinitionNode).selectionSet);
}

/** A subgraph in this process: its own schema and resolvers, asked as over HTTP. */
export function localService({ name, schema }: Pick<Subgraph, 'name' | 'schema'>): SubgraphService {
  return async ({ document, variables }, context) =>
    execute({ schema, document, variableValues: variables, contextValue: context.subgraph(name) });
}

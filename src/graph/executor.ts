import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import { execute, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { BadInput } from './errors.js';
import type { FusedContext } from './fuse.js';
import { limits } from './limits.js';

/** A validated operation. */
export interface GraphOperation {
  document: DocumentNode;
  /** Which operation of the document; needed where it holds several. */
  operationName?: string | null;
  /** As the client sent them: executors coerce. */
  variables?: Readonly<Record<string, unknown>> | null;
  context: FusedContext;
}

/** Answers operations on the graph, wherever its subgraphs run. */
export interface GraphExecutor {
  /** The API schema that operations are validated against. */
  schema: GraphQLSchema;
  /** Never rejects for what a client can cause: faults are in `errors`. */
  execute(operation: GraphOperation): Promise<ExecutionResult>;
}

/** Executes on a fused schema, in this process. */
export function fusedExecutor(schema: GraphQLSchema): GraphExecutor {
  return {
    schema,
    execute: async ({ document, operationName, variables, context }) => {
      const fault = tooDeep(variables);
      if (fault) return { errors: [fault] };
      return execute({ schema, document, operationName, variableValues: variables, contextValue: context });
    },
  };
}

/** Why variables cannot be coerced, or null. Coercion recurses: deep enough a value overflows the stack. */
export function tooDeep(variables: unknown): BadInput | null {
  if (!isDeeper(variables, limits.inputDepth)) return null;
  return new BadInput(`The variables nest deeper than ${limits.inputDepth} levels. Flatten them.`);
}

/** Whether lists and objects lie deeper in each other than that; asked without recursion. */
export function isDeeper(value: unknown, levels: number): boolean {
  let layer = [value];
  for (let level = 0; level <= levels && layer.length > 0; level += 1)
    layer = layer.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  return layer.length > 0;
}

type Gateway = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

/** Plugs an executor into `new ApolloServer({ gateway })`: validation, limits and errors are then the same whatever answers. */
export function asGateway(executor: GraphExecutor): Gateway {
  return {
    onSchemaLoadOrUpdate(announce) {
      // The supergraph would only go to Apollo's schema registry.
      announce({ apiSchema: executor.schema, coreSupergraphSdl: '' });
      return () => {};
    },
    load: async () => ({
      executor: ({ document, request, context }) =>
        executor.execute({
          document,
          operationName: request.operationName,
          variables: request.variables,
          context: context as FusedContext,
        }),
    }),
    stop: async () => {},
  };
}

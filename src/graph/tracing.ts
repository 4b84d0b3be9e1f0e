import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { getOperationAST, type ExecutionResult } from 'graphql';
import type { GraphExecutor } from './executor.js';

const tracer = trace.getTracer('goodgraph');

/** An executor whose operations are spans. They tell the kind, the name and the code of the first error: no document. */
export function traced(executor: GraphExecutor): GraphExecutor {
  return {
    schema: executor.schema,
    execute: (operation) => {
      const asked = getOperationAST(operation.document, operation.operationName);
      const attributes = { 'graphql.operation.type': asked?.operation, 'graphql.operation.name': asked?.name?.value };
      return tracer.startActiveSpan('graphql.execute', { attributes }, async (span) => {
        try {
          const result = await executor.execute(operation);
          const code = errorOf(result);
          if (code !== undefined) span.setAttribute('error.type', code).setStatus({ code: SpanStatusCode.ERROR });
          return result;
        } finally {
          span.end();
        }
      });
    },
  };
}

const errorOf = ({ errors: [error] = [] }: ExecutionResult): string | undefined =>
  error && String(error.extensions['code'] ?? 'INTERNAL_SERVER_ERROR');

/** Runs a loader's batch within a span. */
export function inBatchSpan<Result>(keys: number, load: () => Promise<Result>): Promise<Result> {
  return tracer.startActiveSpan('loader.batch', { attributes: { 'goodgraph.batch.keys': keys } }, async (span) => {
    try {
      return await load();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** A function that runs as a part of whatever span is open now, whenever it is called. */
export const ofThisSpan = (act: () => void): (() => void) => context.bind(context.active(), act);

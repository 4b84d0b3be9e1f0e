import { Refusal } from './errors.js';
import type { GraphExecutor } from './executor.js';

/** An executor whose operations are answered within `milliseconds`, by DEADLINE_EXCEEDED if need be. */
export function withDeadline(executor: GraphExecutor, milliseconds: number): GraphExecutor {
  return {
    schema: executor.schema,
    execute: (operation) => {
      const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<GraphExecutor['execute']>>>();
      const late = new Refusal(
        'DEADLINE_EXCEEDED',
        `The operation took longer than ${milliseconds / 1000} s. Ask for fewer rows or fewer edges.`,
      );
      const timer = setTimeout(() => resolve({ errors: [late] }), milliseconds);
      executor
        .execute(operation)
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
      return promise;
    },
  };
}

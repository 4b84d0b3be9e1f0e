import { Refusal } from './errors.js';
import type { GraphExecutor } from './executor.js';

/**
 * An executor whose operations are answered within `milliseconds`, by DEADLINE_EXCEEDED if need be, or by the reason
 * with which their `stop` was aborted. `stop` is aborted once there is an answer: nothing is read for nobody.
 */
export function withDeadline(executor: GraphExecutor, milliseconds: number): GraphExecutor {
  return {
    schema: executor.schema,
    execute: async (operation) => {
      const { stop = new AbortController() } = operation.context;
      const timer = setTimeout(() => stop.abort(late(milliseconds)), milliseconds);
      const stopped = Promise.withResolvers<{ errors: Refusal[] }>();
      stop.signal.addEventListener('abort', () => stopped.resolve({ errors: [stop.signal.reason as Refusal] }));
      try {
        return await Promise.race([executor.execute(operation), stopped.promise]);
      } finally {
        clearTimeout(timer);
        stop.abort(answered);
      }
    },
  };
}

const late = (milliseconds: number) =>
  new Refusal(
    'DEADLINE_EXCEEDED',
    `The operation took longer than ${milliseconds / 1000} s. Ask for fewer rows or fewer edges.`,
  );

/** One for all: an error of its own for each answer takes a stack each time, which nobody reads. */
const answered = new Error('The operation has been answered.');

import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyBaseLogger } from 'fastify';
import type { HttpContext } from './apollo.js';
import { costOf } from './operation-metrics.js';

/**
 * Logs operations that took `milliseconds` or longer, under the SHA-256 of their document. Its text and the variables are
 * the client's and may hold anything: they are not logged.
 */
export function slowOperations(log: FastifyBaseLogger, milliseconds: number): ApolloServerPlugin<HttpContext> {
  return {
    requestDidStart: async () => {
      const began = performance.now();
      return {
        willSendResponse: async ({ queryHash, operationName, contextValue: { effort }, response: { body } }) => {
          const duration = Math.round(performance.now() - began);
          if (duration < milliseconds) return;
          const cost = body.kind === 'single' ? costOf(body.singleResult.extensions) : undefined;
          const { statements, rows } = effort;
          const operation = operationName?.slice(0, 100);
          log.warn({ document: queryHash, operation, duration, statements, rows, cost }, 'a slow operation');
        },
      };
    },
  };
}

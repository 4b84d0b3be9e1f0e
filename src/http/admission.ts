import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { Cost, Request, Verdict } from '../graph/admission.js';
import { limits } from '../graph/limits.js';
import type { HttpContext } from './apollo.js';
import { challenge } from './authentication.js';

/** Of a refusal, by its code; 400 for all others. */
const statuses: Record<string, number> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, RATE_LIMITED: 429 };

/**
 * Lets an operation through to its execution, or answers it. This stands where Apollo would validate: what a document
 * holds must be known before graphql-js looks at it, and Apollo has no place before its own validation.
 */
export function admissionPlugin(
  judge: (request: Request) => Verdict,
  format: (error: GraphQLFormattedError) => GraphQLFormattedError,
): ApolloServerPlugin<HttpContext> {
  return {
    requestDidStart: async () => {
      let cost: Cost | undefined;
      return {
        responseForOperation: async ({ document, operation, request, response, contextValue }) => {
          const { viewer, isRouter, isTrusted, charge } = contextValue;
          const isAnyone = viewer.role === 'ANONYMOUS' && !isRouter && !isTrusted;
          const maximum = isAnyone ? limits.cost.anonymous : limits.cost.known;
          const verdict = judge({ document, operation, variables: request.variables, maximum, role: viewer.role });
          cost = verdict.cost;
          const errors = [...verdict.errors];
          const overdrawn = errors.length === 0 && cost ? await charge?.(cost.requested) : null;
          if (overdrawn) errors.push(overdrawn);
          if (errors.length === 0) return null;
          const formatted = errors.map((error) => format(error.toJSON()));
          const status = statuses[String(formatted[0]?.extensions?.['code'])] ?? 400;
          response.http.status = status;
          if (status === 401) response.http.headers.set('www-authenticate', challenge());
          return { http: response.http, body: { kind: 'single', singleResult: { errors: formatted } } };
        },
        willSendResponse: async ({ response: { body } }) => {
          if (cost && body.kind === 'single') body.singleResult.extensions = { ...body.singleResult.extensions, cost };
        },
      };
    },
  };
}

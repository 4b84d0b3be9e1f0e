import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { limits } from '../graph/limits.js';
import type { HttpContext } from './apollo.js';
import { createAuthentication } from './authentication.js';
import { createFailedSignIns } from './failed-sign-ins.js';
import { refuse } from './graphql.js';
import { createQuota, networkOf } from './quota.js';
import type { Identify } from './sign-in.js';

export interface DoorOptions {
  identify: Identify;
  limits: Pick<typeof limits, 'quota' | 'failedSignIns' | 'deadline'>;
  /** Whether a router asks, for many clients, and counts them itself. */
  isRouter: boolean;
}

/** Where it is found out who asks, and whether they have asked too much. */
export interface Door {
  /** Stands before the routes of a scope. */
  guard(scope: FastifyInstance): void;
  /** What an operation knows of who asks. */
  asked(request: FastifyRequest, reply: FastifyReply): Pick<HttpContext, 'viewer' | 'isRouter' | 'charge'>;
  /** The account of who asks, or the network of the anonymous: what is counted by. */
  clientOf(request: FastifyRequest): string;
}

export function createDoor({
  identify,
  limits: { quota: most, failedSignIns, deadline },
  isRouter,
}: DoorOptions): Door {
  const { guard, viewerOf } = createAuthentication({
    identify,
    deadline: deadline.statement,
    failures: isRouter ? undefined : createFailedSignIns(failedSignIns),
  });
  const quota = isRouter ? undefined : createQuota(most, (request) => viewerOf(request).accountId);
  return {
    guard: (scope) => {
      guard(scope);
      if (!quota) return;
      scope.addHook('onRequest', async (request, reply) => {
        const refusal = await quota.enter(request, reply);
        if (refusal) await refuse(reply, 429, refusal.message, 'RATE_LIMITED');
      });
    },
    asked: (request, reply) => ({
      viewer: viewerOf(request),
      isRouter,
      ...(quota && { charge: (cost) => quota.take(request, reply, cost) }),
    }),
    clientOf: (request) => viewerOf(request).accountId ?? networkOf(request.ip),
  };
}

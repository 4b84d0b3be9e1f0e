import type { FastifyRequest } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { limits } from '../graph/limits.js';
import { countersFor, networkOf } from './quota.js';

/** Tokens that let nobody in, counted by address: each costs a look, and whoever guesses must not go on for ever. */
export interface FailedSignIns {
  note(request: FastifyRequest): Promise<void>;
  /** Seconds until tokens of the client's address are looked at again; null: now. */
  wait(request: FastifyRequest): Promise<number | null>;
}

export function createFailedSignIns({ most, seconds, counters }: typeof limits.failedSignIns): FailedSignIns {
  const limiter = new RateLimiterMemory({ points: most, duration: seconds });
  const counterOf = countersFor(counters);
  const own = ({ ip }: FastifyRequest) => counterOf(networkOf(ip));
  return {
    // Beyond the most it rejects; `wait` tells that.
    note: async (request) => void (await limiter.consume(own(request)).catch(() => undefined)),
    wait: async (request) => {
      const counted = await limiter.get(own(request));
      return counted && counted.consumedPoints >= most ? Math.ceil(counted.msBeforeNext / 1000) : null;
    },
  };
}

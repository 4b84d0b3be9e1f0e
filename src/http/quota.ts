import { hash, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../graph/errors.js';
import type { limits } from '../graph/limits.js';

/** What each account, or address of the anonymous, may ask for in a window of time, in the cost of operations. */
export interface Quota {
  /** Counts a request, whatever it holds, with the least that one is worth; a refusal when nothing is left. */
  enter(request: FastifyRequest, reply: FastifyReply): Promise<Refusal | null>;
  /** Counts what an operation costs beyond that; a refusal when it is more than what is left. */
  take(request: FastifyRequest, reply: FastifyReply, cost: number): Promise<Refusal | null>;
}

/** The headers by which a client learns what is left; browsers show pages of other origins only those that are named. */
export const quotaHeaders = [
  'RateLimit',
  'RateLimit-Policy',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Retry-After',
];

/** Which of so many counters is somebody's. Memory stays bounded whoever comes; nobody can choose whom to share one with. */
export function countersFor(counters: number): (who: string) => number {
  const secret = randomBytes(16).toString('hex');
  return (who) => hash('sha256', secret + who, 'buffer').readUInt32LE() % counters;
}

/** `accountOf` tells the account that signed in; null is the anonymous. */
export function createQuota(
  { cost: points, seconds, least, counters }: typeof limits.quota,
  accountOf: (request: FastifyRequest) => string | null = () => null,
): Quota {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  const counterOf = countersFor(counters);

  async function count(request: FastifyRequest, reply: FastifyReply, cost: number): Promise<Refusal | null> {
    const account = accountOf(request);
    const counter = counterOf(account ?? networkOf(request.ip));
    const counted = await limiter.consume(counter, cost).catch((over: unknown) => over);
    if (!(counted instanceof RateLimiterRes)) throw counted;
    const reset = Math.ceil(counted.msBeforeNext / 1000);
    void reply.headers({
      // The fields of the current draft (draft-ietf-httpapi-ratelimit-headers-08 and later), and those of the drafts before.
      'ratelimit-policy': `"cost";q=${points};w=${seconds}`,
      ratelimit: `"cost";r=${counted.remainingPoints};t=${reset}`,
      'ratelimit-limit': points,
      'ratelimit-remaining': counted.remainingPoints,
      'ratelimit-reset': reset,
    });
    if (counted.consumedPoints <= points) return null;
    void reply.header('retry-after', reset);
    return new Refusal(
      'RATE_LIMITED',
      `Your ${account === null ? 'address' : 'account'} has asked for more than ${points.toLocaleString('en')} in ${seconds} s, counted by \`extensions.cost\`. Come again in ${reset} s, and ask for less at a time.`,
    );
  }

  return {
    enter: (request, reply) => count(request, reply, least),
    take: (request, reply, cost) => count(request, reply, Math.max(0, cost - least)),
  };
}

/** The address of a client, or for IPv6 the network of 64 bits that one client has to itself (RFC 6177). */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = (text = '') => text.split(':').filter((group) => group !== '');
  const [left, right] = [groups(head), groups(tail)];
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const whole = [...left, ...Array.from({ length: gap }, () => '0'), ...right];
  return `${whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

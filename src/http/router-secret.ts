import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { refuse } from './graphql.js';

/** The header by which a router shows that it is ours. */
export const secretHeader = 'x-router-secret';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Answers nothing but health checks to callers without one of the secrets; with no secrets, everyone (loopback only). */
export function requireSecret(server: FastifyInstance, secrets: readonly string[]): void {
  const digests = secrets.map(digest);
  if (digests.length === 0) return;
  server.addHook('onRequest', async (request, reply) => {
    if (['/livez', '/readyz'].includes(request.url)) return;
    const given = request.headers[secretHeader];
    // Every secret is compared, each in constant time, so that the answer's time tells nothing.
    const matches =
      typeof given === 'string' && digests.map((each) => timingSafeEqual(each, digest(given))).includes(true);
    if (!matches)
      await refuse(
        reply,
        401,
        `This is a subgraph: only its router may ask, with \`${secretHeader}\`.`,
        'UNAUTHENTICATED',
      );
  });
}

import type { FastifyInstance } from 'fastify';
import { refuse } from './graphql.js';
import { oneOf } from './secrets.js';

/** The header by which a router shows that it is ours. */
export const secretHeader = 'x-router-secret';

/** What those ask who watch a process; `/metrics` has a guard of its own. */
const watched = ['/livez', '/readyz', '/metrics'];

/** Answers nothing but `watched` to callers without one of the secrets; with no secrets, everyone (loopback only). */
export function requireSecret(server: FastifyInstance, secrets: readonly string[]): void {
  if (secrets.length === 0) return;
  const isSecret = oneOf(secrets);
  server.addHook('onRequest', async (request, reply) => {
    if (watched.includes(request.url) || isSecret(request.headers[secretHeader])) return;
    await refuse(
      reply,
      401,
      `This is a subgraph: only its router may ask, with \`${secretHeader}\`.`,
      'UNAUTHENTICATED',
    );
  });
}

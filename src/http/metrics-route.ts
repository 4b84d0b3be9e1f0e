import type { Registry } from '@prometheus-io/client';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse } from './graphql.js';
import { oneOf } from './secrets.js';

/** What a proxy adds to a request that it passes on. */
const forwarding = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

const ownAddress = /^(::1|(::ffff:)?127\.[\d.]+)$/;
const ownName = /^(localhost|\[::1\]|127\.[\d.]+)(:\d+)?$/;

/**
 * Whether a program of this machine asks for itself: not a proxy on behalf of others, nor a browser by a page's own name for
 * this address.
 */
function isFromHere({ raw, headers }: FastifyRequest): boolean {
  return (
    ownAddress.test(raw.socket.remoteAddress ?? '') &&
    ownName.test(headers.host ?? '') &&
    !forwarding.some((name) => name in headers)
  );
}

/** `/metrics`, for this machine, or for those with the token. */
export function metricsRoute(server: FastifyInstance, registry: Registry, token: string | undefined): void {
  const isToken = oneOf(token === undefined ? [] : [token]);
  server.get('/metrics', async (request, reply) => {
    const given = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (isToken(given) || isFromHere(request)) {
      void reply.header('content-type', registry.contentType);
      return registry.metrics();
    }
    if (token === undefined)
      return refuse(reply, 403, 'Metrics are for this machine; METRICS_TOKEN opens them to others.', 'FORBIDDEN');
    void reply.header('www-authenticate', 'Bearer');
    return refuse(reply, 401, 'Metrics need the token: `Authorization: Bearer …`.', 'UNAUTHENTICATED');
  });
}

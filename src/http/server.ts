import { randomUUID } from 'node:crypto';
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { limits } from '../graph/limits.js';
import { refuse } from './graphql.js';

export interface ServerOptions {
  log: FastifyBaseLogger;
  /** The addresses of proxies whose `X-Forwarded-*` is believed, as `proxy-addr` reads them. */
  trustProxy: string | undefined;
  /** Milliseconds. */
  deadlines?: { headers: number; request: number; silence: number };
}

const requestId = /^[\w.:/+=-]{1,128}$/;

/** A Fastify with our request ids, limits and the shape of our refusals; routes are added by their own files. */
export function createServer({ log, trustProxy, deadlines = limits.deadline }: ServerOptions): FastifyInstance {
  const server = fastify({
    loggerInstance: log,
    trustProxy: trustProxy ?? false,
    bodyLimit: limits.bodyBytes,
    requestTimeout: deadlines.request,
    // A client that does not read its answer.
    connectionTimeout: deadlines.silence,
    // Node looks for late ones only every half minute.
    http: { headersTimeout: deadlines.headers, connectionsCheckingInterval: Math.min(1_000, deadlines.headers) },
    // A keep-alive connection that a draining server no longer wants is told so by `Connection: close`.
    forceCloseConnections: 'idle',
    // An address that cannot be decoded comes here, past hooks and handlers.
    frameworkErrors: (error, request, reply) => {
      void refuse(reply.header('x-request-id', request.id), error.statusCode ?? 400, error.message);
    },
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && requestId.test(given) ? given : randomUUID();
    },
  });
  server.addHook('onSend', async (request, reply) => {
    void reply.header('x-request-id', request.id);
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return refuse(reply, status, clientMessage(status, error.message));
    request.log.error({ err: error }, 'a request failed');
    return refuse(reply, 500, `Something went wrong on our side. It is logged as ${request.id}.`);
  });
  server.setNotFoundHandler((request, reply) =>
    refuse(reply, 404, `There is nothing at ${request.url.slice(0, 200)}. The graph is at /graphql.`),
  );
  return server;
}

function clientMessage(status: number, message: string): string {
  if (status === 413)
    return `The body is larger than ${limits.bodyBytes / 1024} kB. Send a shorter document or fewer variables.`;
  if (status === 415) return 'Send the body as application/json.';
  return message;
}

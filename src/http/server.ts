import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { limits } from '../graph/limits.js';
import { refuse } from './graphql.js';
import { dropSlowReaders } from './slow-readers.js';

export interface ServerOptions {
  log: FastifyBaseLogger;
  /** The addresses of proxies whose `X-Forwarded-*` is believed, as `proxy-addr` reads them. */
  trustProxy: string | undefined;
  /** Of a request at most. */
  bodyBytes?: number;
  deadline: Readonly<Record<'headers' | 'request' | 'silence' | 'reading', number>>;
}

const requestId = /^[\w.:/+=-]{1,128}$/;

/** Logs a request once, when it is answered: Fastify would write a line when it comes too. */
class OneLineEach extends LogController {
  override incomingRequest(): void {}

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const line = { req: request, res: reply, responseTime: reply.elapsedTime };
    if (error) reply.log.error({ ...line, err: error }, 'request errored');
    else reply.log.info(line, 'request completed');
  }
}

/** A Fastify with our request ids, limits and the shape of our refusals; routes are added by their own files. */
export function createServer({
  log,
  trustProxy,
  bodyBytes = limits.bodyBytes,
  deadline,
}: ServerOptions): FastifyInstance {
  const server = fastify({
    loggerInstance: log,
    logController: new OneLineEach(),
    trustProxy: trustProxy ?? false,
    bodyLimit: bodyBytes,
    // A client that does not read its answer is ended by `connectionTimeout`.
    requestTimeout: deadline.request,
    connectionTimeout: deadline.silence,
    http: { headersTimeout: deadline.headers, connectionsCheckingInterval: deadline.headers / 10 },
    clientErrorHandler: refuseConnection,
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
  dropSlowReaders(server, deadline.reading);
  server.addHook('onSend', async (request, reply) => {
    void reply.header('x-request-id', request.id);
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });
  server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return refuse(reply, status, clientMessage(status, error.message, bodyBytes));
    request.log.error({ err: error }, 'a request failed');
    return refuse(reply, 500, `Something went wrong on our side. It is logged as ${request.id}.`);
  });
  server.setNotFoundHandler((request, reply) =>
    refuse(reply, 404, `There is nothing at ${request.url.slice(0, 200)}. The graph is at /graphql.`),
  );
  return server;
}

function clientMessage(status: number, message: string, bodyBytes: number): string {
  if (status === 413)
    return `The body is larger than ${bodyBytes / 1024} kB. Send a shorter document or fewer variables.`;
  if (status === 415) return 'Send the body as application/json.';
  return message;
}

/** What Node refuses before there is a request: too late, headers too large, not HTTP. */
const connectionFaults: Record<string, [status: string, message: string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request took too long to arrive. Send it in one go.'],
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The headers are too large. POST the document as JSON.'],
};

function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  const [status, message] = connectionFaults[error.code ?? ''] ?? ['400 Bad Request', 'This is not an HTTP request.'];
  const body = JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
  const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}`;
  if (socket.writable) socket.write(`${head}\r\ncache-control: no-store\r\nconnection: close\r\n\r\n${body}`);
  socket.destroySoon();
}

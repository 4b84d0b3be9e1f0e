import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { ApolloServer } from '@apollo/server';
import cors from '@fastify/cors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpContext } from './apollo.js';
import { playgroundPage, playgroundRoutes } from './playground.js';

const wantsPage = (request: FastifyRequest) => request.method === 'GET' && /\btext\/html\b/.test(request.headers.accept ?? '') && !/[?&]query=/.test(request.url);

export interface GraphqlRoute {
  path: string;
  apollo: ApolloServer<HttpContext>;
  contextOf(request: FastifyRequest): HttpContext;
  page: boolean;
}

/** One GraphQL endpoint: POST and GET, and the playground for those who come with a browser. */
export function graphqlRoutes(server: FastifyInstance, { path, apollo, contextOf, page }: GraphqlRoute): void {
  void server.register(async (scope) => {
    await scope.register(cors, { origin: '*', credentials: false, methods: ['GET', 'POST'], maxAge: 86_400 });
    const handle = fastifyApolloHandler<HttpContext>(apollo, { context: async (request) => contextOf(request) });
    scope.route({
      method: ['GET', 'POST'],
      url: path,
      handler: async (request, reply): Promise<unknown> => {
        if (page && wantsPage(request)) return playgroundPage(reply);
        if (request.method === 'GET' && !('query' in (request.query as object))) return refuse(reply, 400, 'Send a GraphQL document: POST it as JSON, or give it as `query`.');
        return handle.call(scope, request, reply);
      },
    });
  });
  if (page) playgroundRoutes(server);
}

/** A refusal before GraphQL begins, in GraphQL's own shape. */
export function refuse(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .send({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
}

import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { ApolloServer } from '@apollo/server';
import cors from '@fastify/cors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../graph/errors.js';
import type { HttpContext } from './apollo.js';
import type { Places } from './overload.js';
import { playgroundPage, playgroundRoutes } from './playground.js';
import type { Door } from './door.js';
import { quotaHeaders } from './quota.js';

const wantsPage = (request: FastifyRequest) =>
  request.method === 'GET' && /\btext\/html\b/.test(request.headers.accept ?? '') && !/[?&]query=/.test(request.url);

export interface GraphqlRoute {
  path: string;
  apollo: ApolloServer<HttpContext>;
  contextOf(request: FastifyRequest, reply: FastifyReply): HttpContext;
  places: Places;
  /** The schema as text, served beside the endpoint. */
  sdl: string;
  /** Whether browsers get the playground. */
  page: boolean;
}

/** What the playground says above everything else; null for nothing. */
type Notice = () => Promise<string | null>;

/** The GraphQL endpoints: POST and GET, the schema as text, and the playground for those who come with a browser. */
export function graphqlRoutes(
  server: FastifyInstance,
  routes: GraphqlRoute[],
  { notice, guard, isRouter }: { notice: Notice; guard: Door['guard']; isRouter: boolean },
): void {
  void server.register(async (scope) => {
    // Pages never ask what is for a router alone: they have no secret of its.
    if (!isRouter)
      await scope.register(cors, {
        origin: '*',
        credentials: false,
        methods: ['GET', 'POST'],
        maxAge: 86_400,
        exposedHeaders: [...quotaHeaders, 'WWW-Authenticate'],
      });
    guard(scope);
    for (const route of routes) {
      endpoint(scope, route, notice);
      scope.get(route.path.replace(/graphql$/, 'schema.graphql'), (_request, reply) =>
        reply
          .header('content-type', 'text/plain; charset=utf-8')
          .header('cache-control', 'public, max-age=60')
          .send(route.sdl),
      );
    }
  });
  const open = routes.find(({ page }) => page);
  if (open === undefined) return;
  playgroundRoutes(server);
  server.get('/', (_request, reply) => reply.redirect(open.path, 302));
}

function endpoint(
  scope: FastifyInstance,
  { path, apollo, contextOf, places, page }: GraphqlRoute,
  notice: Notice,
): void {
  const handle = fastifyApolloHandler<HttpContext>(apollo, {
    context: async (request, reply) => contextOf(request, reply),
  });
  scope.route({
    method: ['GET', 'POST'],
    url: path,
    // The page, the current media type and the legacy one are different answers to one address, and so is each viewer's.
    onRequest: async (request, reply) => {
      void reply.header('vary', 'Accept, Authorization');
      // Nothing is inflated: a small body may hold a large one.
      if (![undefined, 'identity'].includes(request.headers['content-encoding']))
        await refuse(reply.header('accept-encoding', 'identity'), 415, 'Send the body as it is, without compression.');
    },
    handler: async (request, reply): Promise<unknown> => {
      if (page && wantsPage(request)) return playgroundPage(reply, await notice());
      if (request.method === 'GET' && !('query' in (request.query as object)))
        return refuse(reply, 400, 'Send a GraphQL document: POST it as JSON, or give it as `query`.');
      return places.take(reply, async () => handle.call(scope, request, reply));
    },
  });
  scope.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: path,
    // Before the body is looked at: no media type would help.
    onRequest: async (request, reply) =>
      refuse(
        reply.header('allow', 'GET, HEAD, POST, OPTIONS'),
        405,
        `${request.method} means nothing here. POST the document, or GET it as \`query\`.`,
      ),
    handler: () => undefined,
  });
}

/** A refusal before GraphQL begins, in GraphQL's own shape. */
export function refuse(
  reply: FastifyReply,
  status: number,
  message: string,
  code: ErrorCode = 'BAD_REQUEST',
): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .send({ errors: [{ message, extensions: { code } }] });
}

import { createHash } from 'node:crypto';
import { HeaderMap, type ApolloServer } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TrustedDocument, TrustedDocuments } from '../graph/trusted-documents.js';
import type { HttpContext } from './apollo.js';
import type { Door } from './door.js';
import { refuse } from './graphql.js';
import type { Places } from './overload.js';
import { quotaHeaders } from './quota.js';

export interface TrustedDocumentRoutes {
  documents: TrustedDocuments;
  /** The same that answers /graphql: limits, errors and the way to the data do not differ. */
  apollo: ApolloServer<HttpContext>;
  places: Places;
  guard: Door['guard'];
  contextOf(request: FastifyRequest, reply: FastifyReply): HttpContext;
}

interface Route {
  Params: { hash: string };
  Querystring: Record<string, string | string[]>;
}

/** `/w/<hash>`: queries that we know, by GET, so that browsers and caches may keep their answers. */
export function trustedDocumentRoutes(server: FastifyInstance, routes: TrustedDocumentRoutes): void {
  void server.register(async (scope) => {
    routes.guard(scope);
    scope.addHook('onRequest', async (_request, reply) => {
      void reply.header('access-control-allow-origin', '*').header('vary', 'Accept, Authorization');
    });
    scope.get<Route>('/w/:hash', async (request, reply) => {
      const { hash } = request.params;
      const document = routes.documents.get(hash);
      if (document === undefined)
        return refuse(
          reply,
          404,
          `No trusted document has the hash '${hash}'. Whoever runs this server trusts one by \`goodgraph documents add FILE\`.`,
          'NOT_FOUND',
        );
      const fault = faultOf(request.query, document);
      return fault === undefined
        ? routes.places.take(reply, () => answer(routes, document, request, reply))
        : refuse(reply, 400, fault);
    });
    scope.route({
      method: ['POST', 'PUT', 'PATCH', 'DELETE'],
      url: '/w/:hash',
      onRequest: async (request, reply) =>
        refuse(
          reply.header('allow', 'GET, HEAD, OPTIONS'),
          405,
          `${request.method} means nothing here. GET the answer, with \`variables\` in the address.`,
        ),
      handler: () => undefined,
    });
  });
}

/**
 * What is wrong with an address. Whatever a document does not take is refused, and not ignored: every such address would
 * be another copy of one answer in every cache.
 */
function faultOf(query: Route['Querystring'], { name, variables }: TrustedDocument): string | undefined {
  const stranger = Object.keys(query).find((each) => each !== 'variables');
  if (stranger !== undefined) return `An address takes \`variables\` alone, not \`${stranger}\`. Leave that out.`;
  const text = query['variables'];
  if (text === undefined) return undefined;
  const given = typeof text === 'string' ? objectOf(text) : undefined;
  if (given === undefined)
    return '`variables` is not one JSON object. Send such as {"language":"it"}, percent-encoded, or leave it out.';
  const undeclared = Object.keys(given).find((each) => !variables.has(each));
  if (undeclared === undefined) return undefined;
  const taken = [...variables].map((each) => `$${each}`).join(', ') || 'none';
  return `${name} has no variable $${undeclared}. It takes ${taken}.`;
}

function objectOf(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function answer(
  { apollo, contextOf }: TrustedDocumentRoutes,
  { text }: TrustedDocument,
  request: FastifyRequest<Route>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { headers, status, body } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: 'GET',
      headers: new HeaderMap(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      search: `?${new URLSearchParams({ query: text, ...request.query }).toString()}`,
      body: undefined,
    },
    context: async () => ({ ...contextOf(request, reply), isTrusted: true }),
  });
  if (body.kind !== 'complete') throw new Error('The graph answers in one piece.');
  void reply.code(status ?? 200).headers(Object.fromEntries(headers));
  if (!headers.get('cache-control')?.startsWith('public')) return reply.send(body.string);
  // What is left to one client is nothing to keep for others.
  for (const header of quotaHeaders) void reply.removeHeader(header);
  const digest = createHash('sha256').update(body.string).digest('base64url');
  // Weak: the two media types share it, and proxies that compress leave it alone.
  void reply.header('etag', `W/"${digest}"`);
  if (!isKnown(digest, request.headers['if-none-match'])) return reply.send(body.string);
  return reply.code(304).removeHeader('content-type').send();
}

/**
 * Whether `If-None-Match` (RFC 9110, 13.1.2) names an answer by its digest. It alone decides: nothing is kept here, so
 * that `no-cache`, which `fetch` adds to any tag of its caller, asks for what is done anyway.
 */
const isKnown = (digest: string, header = '') =>
  header === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === `"${digest}"`);

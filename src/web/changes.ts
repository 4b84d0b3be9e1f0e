import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import type { ErrorCode } from '../graph/errors.js';
import { limits } from '../graph/limits.js';
import { retryAfter, statusOf } from './refusals.js';

export interface ChangesRoute {
  /** Asks the graph as whoever sent the request. */
  ask<Data extends object>(
    request: FastifyRequest,
    reply: FastifyReply,
    query: string,
    variables: Record<string, unknown>,
  ): Promise<{ data?: Data | null | undefined; errors?: readonly GraphQLFormattedError[] | undefined }>;
  guard(scope: FastifyInstance): void;
  places: { take(reply: FastifyReply, work: () => Promise<unknown>): Promise<unknown> };
  /** Answers with an error. */
  refuse(reply: FastifyReply, status: number, message: string, code?: ErrorCode): FastifyReply;
}

/** Pages of one answer: who is further behind comes again. */
const pagesAtMost = 100;

const document = `query Changes_ndjson($since: String, $where: ChangeWhere) {
  changes(since: $since, first: ${limits.page}, where: $where) {
    nodes { recordId type kind version at }
    pageInfo { endCursor hasNextPage }
  }
}`;

interface Page {
  nodes: object[];
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
}

class Fault extends Error {
  readonly code: ErrorCode;
  constructor(error: GraphQLFormattedError | undefined) {
    super(error?.message ?? 'There is no answer.');
    this.code = (error?.extensions?.['code'] ?? 'INTERNAL_SERVER_ERROR') as ErrorCode;
  }
}

/** What an address is narrowed by, each as often as there are values: as lists are. */
const parameters = ['type', 'origin'];
const taken = ['since', ...parameters].join(', ');

interface Asked {
  Querystring: Record<string, string | string[]>;
}

/** `/changes.ndjson?since=…`: the feed a line a change, and last the cursor to come again with. */
export function changesRoute(server: FastifyInstance, routes: ChangesRoute): void {
  const { ask, guard, places, refuse } = routes;
  void server.register(async (scope) => {
    guard(scope);
    scope.addHook('onRequest', async (_request, reply) => {
      void reply.header('access-control-allow-origin', '*').header('vary', 'Authorization');
    });
    scope.get<Asked>('/changes.ndjson', async (request, reply) => {
      const { since, ...narrowing } = request.query;
      const stranger = Object.keys(narrowing).find((name) => !parameters.includes(name));
      if (stranger !== undefined)
        return refuse(
          reply,
          400,
          `There is no parameter \`${stranger.slice(0, 60)}\`. It takes ${taken}.`,
          'BAD_USER_INPUT',
        );
      if (Array.isArray(since)) return refuse(reply, 400, 'Give `since` once.', 'BAD_USER_INPUT');
      const where = Object.fromEntries(
        Object.entries(narrowing).map(([name, value]) => [name, { in: [value].flat() }]),
      );
      const read = async (after: string | null): Promise<Page> => {
        const { data, errors } = await ask<{ changes: Page | null }>(request, reply, document, { since: after, where });
        if (data?.changes) return data.changes;
        throw new Fault(errors?.[0]);
      };
      return places.take(reply, async () => begin(routes, reply, since ?? null, read));
    });
  });
}

/** Reads the first page, which may be refused, and streams what follows. */
async function begin(
  { refuse }: ChangesRoute,
  reply: FastifyReply,
  since: string | null,
  read: (after: string | null) => Promise<Page>,
): Promise<FastifyReply> {
  try {
    const first = await read(since);
    // Each page listens for a client that leaves.
    reply.raw.setMaxListeners(pagesAtMost * 2);
    return await reply
      .header('content-type', 'application/x-ndjson; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(Readable.from(lines(first, read)));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const status = statusOf(error.code);
    if (status === 503) void reply.header('retry-after', retryAfter);
    return refuse(reply, status, error.message, error.code);
  }
}

const line = (value: object) => `${JSON.stringify(value)}\n`;

/** A page whose reading fails ends the answer as if the client were to come again: its cursor holds for what was told. */
async function* lines(first: Page, read: (after: string | null) => Promise<Page>): AsyncGenerator<string> {
  let page = first;
  for (let count = 1; ; count += 1) {
    yield page.nodes.map(line).join('');
    const { endCursor, hasNextPage } = page.pageInfo;
    // oxlint-disable-next-line no-await-in-loop -- a page begins where the one before ends
    const next = hasNextPage && count < pagesAtMost ? await read(endCursor).catch(() => null) : null;
    if (next === null) {
      yield line({ cursor: endCursor, isCaughtUp: !hasNextPage });
      return;
    }
    page = next;
  }
}

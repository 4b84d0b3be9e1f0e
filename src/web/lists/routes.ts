import { Readable } from 'node:stream';
import type { DocumentNode, GraphQLError, GraphQLFormattedError } from 'graphql';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Viewer } from '../../graph/context.js';
import { Refusal, type ErrorCode } from '../../graph/errors.js';
import type { GraphExecutor } from '../../graph/executor.js';
import type { FusedContext } from '../../graph/fuse.js';
import type { limits } from '../../graph/limits.js';
import { fileOf, takenInTime } from './file.js';
import { retryAfter, statusOf } from '../refusals.js';
import { formats, type Format } from './formats.js';
import type { List } from './lists.js';
import { createOpenings } from './openings.js';
import { PageFault, readPage, type Page } from './pages.js';
import { asksForMadeUp, readParameters, type Asked } from './parameters.js';

/** Under what terms files may be used: the texts are ours, the facts those of the pages that each row names. */
const terms = {
  attribution: 'GoodGraph contributors and the sources that each record names',
  licence: 'https://creativecommons.org/licenses/by/4.0/',
};

const madeUp = 'Holds demonstration records: made up to show features and never facts';

export interface ListRoutes {
  lists: readonly List[];
  executor: GraphExecutor;
  limits: Pick<typeof limits, 'lists' | 'deadline'>;
  /** Rows that a page of a document may have. */
  longest(document: DocumentNode): number;
  /** Seconds that a shared cache may keep what a document answers. */
  maxAgeOf(document: DocumentNode): number;
  guard(scope: FastifyInstance): void;
  asked(
    request: FastifyRequest,
    reply: FastifyReply,
  ): { viewer: Viewer; charge?(cost: number): Promise<Refusal | null> };
  /** Whom a file is counted for. */
  clientOf(request: FastifyRequest): string;
  /** A context for one page, stopped by `stop`. */
  contextOf(request: FastifyRequest, viewer: Viewer, stop: AbortController): FusedContext;
  /** What may be told of an error. */
  tell(error: GraphQLError): GraphQLFormattedError;
  /** The headers that tell a client what is left to it. */
  quotaHeaders: readonly string[];
  /** Answers with an error. */
  refuse(reply: FastifyReply, status: number, message: string, code?: ErrorCode): FastifyReply;
}

interface Route {
  Params: { format: string };
  Querystring: Record<string, string | string[]>;
}

/** `/practices.csv` and its like: every list of the graph as a file, for whoever may see its rows. */
export function listRoutes(server: FastifyInstance, routes: ListRoutes): void {
  const files = new Files(routes);
  void server.register(async (scope) => {
    routes.guard(scope);
    scope.addHook('onRequest', async (_request, reply) => {
      void reply
        .header('access-control-allow-origin', '*')
        .header('access-control-expose-headers', 'Content-Disposition, Link, Retry-After, WWW-Authenticate')
        .header('vary', 'Authorization');
    });
    // Nobody waits for the end of a file when the server stops.
    scope.addHook('preClose', async () => files.close());
    for (const list of routes.lists) {
      const url = `/${list.name}.:format`;
      scope.route<Route>({
        method: ['GET', 'HEAD'],
        url,
        handler: (request, reply) => files.answer(list, request, reply),
      });
      scope.route({
        method: ['POST', 'PUT', 'PATCH', 'DELETE'],
        url,
        onRequest: async (request, reply) =>
          routes.refuse(
            reply.header('allow', 'GET, HEAD, OPTIONS'),
            405,
            `${request.method} means nothing here. GET the list, narrowed by the parameters of its address.`,
          ),
        handler: () => undefined,
      });
    }
  });
}

class Files {
  private readonly openings;
  private readonly underWay = new Set<AbortController>();

  constructor(private readonly routes: ListRoutes) {
    this.openings = createOpenings(routes.limits.lists);
  }

  close(): void {
    for (const left of this.underWay) left.abort(new Refusal('SERVICE_UNAVAILABLE', 'The server stops.'));
  }

  async answer(list: List, request: FastifyRequest<Route>, reply: FastifyReply): Promise<FastifyReply> {
    const { refuse, asked: askedOf } = this.routes;
    const format = Object.hasOwn(formats, request.params.format) ? formats[request.params.format] : undefined;
    if (!format) {
      const known = Object.keys(formats).map((each) => `/${list.name}.${each}`);
      return refuse(reply, 404, `/${list.name} comes as ${known.join(', ')}.`, 'NOT_FOUND');
    }
    try {
      const asked = readParameters(list, request.query);
      const { viewer, charge } = askedOf(request, reply);
      const overdrawn = await charge?.(this.routes.limits.lists.cost);
      if (overdrawn) throw overdrawn;
      return await this.begin({ list, format, asked, viewer }, request, reply);
    } catch (error) {
      if (error instanceof PageFault) return this.refusal(reply, error.told);
      if (error instanceof Refusal) return this.refusal(reply, error);
      throw error;
    }
  }

  private refusal(reply: FastifyReply, { message, extensions }: Pick<GraphQLFormattedError, 'message' | 'extensions'>) {
    const code = extensions?.['code'] as ErrorCode;
    const status = statusOf(code);
    if (status === 503) void reply.header('retry-after', retryAfter);
    return this.routes.refuse(reply, status, message, code);
  }

  /** Takes a place for a file, reads its first page, and answers with what is known then. */
  private async begin(
    { list, format, asked, viewer }: { list: List; format: Format; asked: Asked; viewer: Viewer },
    request: FastifyRequest<Route>,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const { executor, limits: most, longest, clientOf, contextOf, tell } = this.routes;
    const left = this.enter(clientOf(request), reply);
    const told = list.of(viewer.role);
    const size = longest(told.document);
    const read = (first: number, after: string | null): Promise<Page> =>
      readPage(
        {
          executor,
          contextOf: (stop) => contextOf(request, viewer, stop),
          tell,
          inTurn: (work) => this.openings.inTurn(work),
          left,
        },
        told,
        asked,
        { first, after },
      );
    const date = new Date().toISOString();
    const first = await read(Math.min(size, most.lists.firstPage), null);
    this.head(list, format, viewer, request, reply);
    if (request.method === 'HEAD') return reply.send();
    const file = fileOf({
      told,
      format,
      first,
      next: (after) => read(size, after),
      about: { ...terms, query: addressOf(request), date, ...(asksForMadeUp(request.query) && { notice: madeUp }) },
      piece: most.lists.piece,
    });
    const giveUp = () => void request.raw.socket.destroy();
    return reply.send(Readable.from(takenInTime(file, most.deadline.reading, giveUp), { objectMode: false }));
  }

  /** Throws where there are too many files under way. The signal is aborted when this one is of no use any more. */
  private enter(client: string, reply: FastifyReply): AbortSignal {
    const { open, each } = this.routes.limits.lists;
    const opened = this.openings.open(client);
    if (opened === 'client')
      throw new Refusal(
        'SERVICE_UNAVAILABLE',
        `${each} lists are on their way to you already, and no more at a time. Ask again when one has arrived.`,
      );
    if (opened === 'all')
      throw new Refusal(
        'SERVICE_UNAVAILABLE',
        `${open} lists are on their way already, and no more at a time. Ask again in ${retryAfter} s.`,
      );
    const left = new AbortController();
    this.underWay.add(left);
    reply.raw.once('close', () => {
      opened();
      this.underWay.delete(left);
      left.abort(new Refusal('DEADLINE_EXCEEDED', 'The client left before it had the list.'));
    });
    return left.signal;
  }

  private head(
    list: List,
    { type }: Format,
    { role }: Viewer,
    { params }: FastifyRequest<Route>,
    reply: FastifyReply,
  ): void {
    const maxAge = this.routes.maxAgeOf(list.of(role).document);
    // What is left to one client is nothing to keep for others.
    if (role === 'ANONYMOUS') for (const header of this.routes.quotaHeaders) void reply.removeHeader(header);
    void reply
      .header('content-type', type)
      .header('content-disposition', `attachment; filename="${list.name}.${params.format}"`)
      .header('link', `<${terms.licence}>; rel="license"`)
      .header('cache-control', role === 'ANONYMOUS' ? `public, max-age=${maxAge}` : 'private, no-store');
  }
}

function addressOf({ protocol, host, url }: FastifyRequest): string {
  const address = `${protocol}://${host}${url}`;
  return URL.canParse(address) ? new URL(address).href.replaceAll(',', '%2C').replaceAll(';', '%3B') : url;
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '../database/database.js';
import { readInWaves, type Run, type Viewer } from '../graph/context.js';
import { noEffort } from '../graph/effort.js';
import type { FusedContext } from '../graph/fuse.js';
import { limits } from '../graph/limits.js';
import type { Search } from '../subgraphs/discovery/search/search.js';
import type { Graph } from '../subgraphs/graph.js';
import type { HttpContext } from './apollo.js';
import { whenClientLeaves } from './departure.js';
import type { Door } from './door.js';

/** As whom statements run, and until when. */
type Who = [viewer: Viewer, signal: AbortSignal];

/** What contexts are made from, beside a request. */
export interface House {
  graph: Pick<Graph, 'contextFor'>;
  search: Search | undefined;
  runAs(...who: Who): Run;
  streamAs(...who: Who): Run;
  writeAs: Database['writeAs'];
}

interface Asked extends Omit<House, 'streamAs'> {
  asked: ReturnType<Door['asked']>;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** The context of an operation, which is stopped when its client leaves. */
export function httpContext({ graph, search, asked, request, reply, runAs, writeAs }: Asked): HttpContext {
  const { viewer } = asked;
  const stop = new AbortController();
  whenClientLeaves(reply, (reason) => stop.abort(reason));
  const effort = noEffort();
  const read = readInWaves(runAs(viewer, stop.signal), stop, effort);
  return {
    ...asked,
    stop,
    effort,
    forwarded: forwardedOf(request),
    ...graph.contextFor({
      viewer,
      read,
      write: (work) => writeAs(viewer, stop.signal, work),
      ...(search && { search }),
    }),
  };
}

interface PageAsked extends Pick<House, 'graph' | 'search' | 'streamAs'> {
  viewer: Viewer;
  request: FastifyRequest;
  stop: AbortController;
}

/** The context of one page of a list that is read to its end: pages are longer, and read by pools of their own. */
export function pageContext({ graph, search, viewer, request, stop, streamAs }: PageAsked): FusedContext {
  const read = readInWaves(streamAs(viewer, stop.signal), stop, noEffort(), limits.lists.page);
  return {
    stop,
    forwarded: forwardedOf(request),
    ...graph.contextFor({ viewer, read, ...(search && { search }) }),
  };
}

const forwardedHeaders = ['authorization', 'traceparent', 'tracestate'];

/** What subgraphs that run elsewhere are told of a request. */
const forwardedOf = ({ headers, id }: FastifyRequest): Record<string, string> => ({
  ...Object.fromEntries(
    forwardedHeaders.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  ),
  'x-request-id': id,
});

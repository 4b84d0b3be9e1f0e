import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { GraphExecutor } from '../../graph/executor.js';
import type { FusedContext } from '../../graph/fuse.js';
import type { Told } from './lists.js';
import type { Asked } from './parameters.js';

/** The rows of one page as the graph answers them, and where the next one begins. */
export interface Page {
  rows: readonly Readonly<Record<string, unknown>>[];
  after: string | null;
}

/** Why a page could not be had. */
export class PageFault extends Error {
  constructor(readonly told: GraphQLFormattedError) {
    super(told.message);
  }
}

export interface Reader {
  executor: GraphExecutor;
  /** A context for one page, with loaders of its own. It is stopped by `stop`. */
  contextOf(stop: AbortController): FusedContext;
  /** What may be told of an error. */
  tell(error: GraphQLError): GraphQLFormattedError;
  /** Reads when there is a place for it. */
  inTurn<Result>(read: () => Promise<Result>): Promise<Result>;
  /** Aborted when nobody waits for the rows any more. */
  left: AbortSignal;
}

interface Answer {
  page?: { nodes: Page['rows']; pageInfo: { endCursor: string | null; hasNextPage: boolean } } | null;
}

/**
 * Reads one page. Between two pages nothing is held: no connection, no transaction, no place. Throws a PageFault where any
 * part of it could not be answered: a file holds all of its rows, or ends before its last line.
 */
export async function readPage(
  { executor, contextOf, tell, inTurn, left }: Reader,
  { document }: Told,
  asked: Asked,
  { first, after }: { first: number; after: string | null },
): Promise<Page> {
  return inTurn(async () => {
    left.throwIfAborted();
    const stop = new AbortController();
    const follow = () => stop.abort(left.reason);
    left.addEventListener('abort', follow);
    try {
      const variables = { ...asked, first, after };
      const { data, errors } = await executor.execute({ document, variables, context: contextOf(stop) });
      left.throwIfAborted();
      const { page } = (data ?? {}) as Answer;
      const [error] = errors ?? [];
      if (error || !page) throw new PageFault(tell(error ?? new GraphQLError('A page was not answered.')));
      const { hasNextPage, endCursor } = page.pageInfo;
      return { rows: page.nodes, after: hasNextPage ? endCursor : null };
    } finally {
      left.removeEventListener('abort', follow);
    }
  });
}

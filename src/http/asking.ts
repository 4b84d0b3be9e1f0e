import type { ApolloServer } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import type { HttpContext } from './apollo.js';

export interface Answer<Data> {
  data?: Data | null | undefined;
  errors?: readonly GraphQLFormattedError[] | undefined;
}

/** Asks the graph for a request that is no GraphQL: a document of ours, as whoever sent it, within the limits of all. */
export type Ask = <Data extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  query: string,
  variables: Record<string, unknown>,
) => Promise<Answer<Data>>;

export function asking(
  apollo: ApolloServer<HttpContext>,
  contextOf: (request: FastifyRequest, reply: FastifyReply) => HttpContext,
): Ask {
  return async <Data extends object>(...[request, reply, query, variables]: Parameters<Ask>) => {
    const { body } = await apollo.executeOperation<Data>(
      { query, variables },
      { contextValue: { ...contextOf(request, reply), isTrusted: true } },
    );
    if (body.kind !== 'single') throw new Error('The graph answers in one piece.');
    return body.singleResult;
  };
}

import { ApolloServer, type ApolloServerOptions, type GraphQLResponse } from '@apollo/server';
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { asGateway, fusedExecutor } from '../../src/graph/executor.js';
import { fused } from './fixtures/graph.js';
import { aRequest, type FixtureRequest } from './fixtures/request.js';

const executor = fusedExecutor(fused);

interface Request {
  query: string;
  operationName?: string;
  variables?: Record<string, unknown>;
}

/** What a server answers: the status Apollo would send, and the body as JSON. */
async function answer(options: ApolloServerOptions<FixtureRequest>, request: Request) {
  const server = new ApolloServer<FixtureRequest>({
    ...options,
    includeStacktraceInErrorResponses: false,
    introspection: true,
  });
  const { http, body }: GraphQLResponse = await server.executeOperation(request, { contextValue: aRequest() });
  await server.stop();
  return {
    status: http.status,
    result: body.kind === 'single' ? JSON.parse(JSON.stringify(body.singleResult)) : undefined,
  } as const;
}

const throughGateway = (request: Request) => answer({ gateway: asGateway(executor) }, request);

test('an Apollo server answers from the executor behind its gateway', async () => {
  const { result } = await throughGateway({
    query: 'query ($id: ID!) { book(by: { id: $id }) { title author { name } } }',
    variables: { id: 'b1' },
  });
  expect(result).toEqual({ data: { book: { title: 'Looms', author: { name: 'Ada' } } } });
});

test('the operation that the request names is the one that runs', async () => {
  const query = 'query A { person(id: "p1") { name } } query B { person(id: "p2") { name } }';
  const { result } = await throughGateway({ query, operationName: 'B' });
  expect(result).toEqual({ data: { person: { name: 'Bo' } } });
});

describe('the gateway answers as a server on the same schema does', () => {
  test.each<[string, Request, string | undefined]>([
    ['a query', { query: '{ people { id role born } }' }, undefined],
    ['introspection', { query: '{ __schema { types { name } } }' }, undefined],
    ['an error of a resolver', { query: '{ broken { id } }' }, 'INTERNAL_SERVER_ERROR'],
    ['a syntax error', { query: '{ people' }, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: '{ nobody }' }, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a bad variable',
      { query: 'query ($role: Role!) { people(role: $role) { id } }', variables: { role: 'KING' } },
      'BAD_USER_INPUT',
    ],
    ['a missing variable', { query: 'query ($role: Role!) { people(role: $role) { id } }' }, 'BAD_USER_INPUT'],
    [
      'an unknown operation',
      { query: 'query A { people { id } }', operationName: 'B' },
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'no operation among several',
      { query: 'query A { people { id } } query B { people { id } }' },
      'OPERATION_RESOLUTION_FAILURE',
    ],
  ])('to %s', async (_name, request, code) => {
    const { status, result } = await throughGateway(request);
    expect(result.errors?.[0].extensions.code).toBe(code);
    expect({ status, result }).toEqual(await answer({ schema: fused }, request));
  });
});

test('an executor answers without a server too', async () => {
  const context = aRequest();
  const { data } = await executor.execute({ document: parse('{ person(id: "p1") { name } }'), context });
  expect(JSON.parse(JSON.stringify(data))).toEqual({ person: { name: 'Ada' } });
  expect(context.loads).toEqual({ people: [['p1']] });
});

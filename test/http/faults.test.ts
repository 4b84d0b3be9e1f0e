import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { DatabaseFault, faultOf } from '../../src/database/errors.js';
import { withDeadline } from '../../src/graph/deadline.js';
import { publicError } from '../../src/http/apollo.js';
import { Refusal } from '../../src/graph/errors.js';
import { aDatabase } from '../support/database.js';
import { buildSchema, parse } from 'graphql';
import { sql } from 'kysely';
import { pino } from 'pino';

const logged: Record<string, unknown>[] = [];
const log = pino(
  { level: 'warn' },
  { write: (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>) },
);

/** An error as graphql hands it over when a resolver throws it. */
const thrown = (error: Error) =>
  new GraphQLError(error.message, {
    originalError: error,
    path: ['partner'],
    extensions: { ...(error as { extensions?: object }).extensions },
  });
const told = (error: Error) =>
  publicError(
    {
      message: error.message,
      path: ['partner'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', ...(error as { extensions?: object }).extensions },
    },
    thrown(error),
    log,
  );

test('an unforeseen error is masked, and logged under the id that the client sees', () => {
  const answer = told(new Error('duplicate key value violates "partner_slug_key" in /srv/app/x.ts'));
  expect(answer.message).toMatch(/^Something went wrong on our side\. It is logged as [0-9a-f-]{36}\.$/);
  expect(answer.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', id: expect.any(String) });
  expect(logged.at(-1)).toMatchObject({
    errorId: answer.extensions?.['id'],
    err: { message: expect.stringContaining('partner_slug_key') },
  });
});

test('a code that is not of the closed list is masked too', () => {
  expect(told(new GraphQLError('secret', { extensions: { code: 'SOMETHING_NEW' } })).extensions).toMatchObject({
    code: 'INTERNAL_SERVER_ERROR',
  });
});

test('a refusal passes with its message and its code, and nothing else', () => {
  expect(told(new Refusal('BAD_USER_INPUT', 'No such thing. Use another.'))).toEqual({
    message: 'No such thing. Use another.',
    path: ['partner'],
    extensions: { code: 'BAD_USER_INPUT' },
  });
});

test.each([
  ['TIMEOUT', 'DEADLINE_EXCEEDED'],
  ['UNAVAILABLE', 'SERVICE_UNAVAILABLE'],
] as const)('a database fault of kind %s is told as %s, without its text', (kind, code) => {
  const answer = told(new DatabaseFault(kind, 'select secret from partner'));
  expect(answer.extensions).toEqual({ code });
  expect(answer.message).not.toContain('secret');
});

test('a statement of a request that runs too long is stopped by PostgreSQL, as anonymous and as a partner', async () => {
  const database = await aDatabase();
  for (const role of ['ANONYMOUS', 'PARTNER']) {
    const read = database.readAs({ role, partnerId: null });
    await expect(read(sql`select pg_sleep(10)`)).rejects.toMatchObject({ kind: 'TIMEOUT' });
  }
});

test('a request does not wait for a pooled connection for ever', async () => {
  const error = new Error('timeout exceeded when trying to connect');
  expect(faultOf(error)).toMatchObject({ kind: 'UNAVAILABLE' });
  expect(faultOf(new TypeError('ours'))).toBeInstanceOf(TypeError);
});

test('an operation that does not end is answered at its deadline', async () => {
  const stop = new AbortController();
  const executor = withDeadline(
    { schema: buildSchema('type Query { x: Int }'), execute: () => new Promise(() => undefined) },
    20,
  );
  const { errors, data } = await executor.execute({
    document: parse('{ x }'),
    context: { subgraph: () => undefined, stop },
  });
  expect(data).toBeUndefined();
  expect(errors).toMatchObject([{ extensions: { code: 'DEADLINE_EXCEEDED' } }]);
  expect(stop.signal.aborted).toBe(true);
});

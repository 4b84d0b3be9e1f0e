import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { anApp } from '../support/app.js';
import { aPartner, aRegion } from '../support/factories.js';

const app = await anApp();
const exporter = new InMemorySpanExporter();

// After the application has begun: an operator's SDK may come late.
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));

beforeAll(async () => {
  const region = await aRegion(app.database, 'XA');
  await aPartner(app.database, { name_original: 'Alpha', region_id: region.id });
  exporter.reset();
});
afterEach(() => exporter.reset());

const traceId = '0af7651916cd43dd8448eb211c80319c';
const caller = 'b7ad6b7169203331';

const ask = async (body: object, headers: Record<string, string> = {}) =>
  (
    await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  ).json();

/** The spans of the last request as a tree: each by its name, with those within it. */
function tree(parent: string | undefined): unknown[] {
  return exporter
    .getFinishedSpans()
    .filter(({ parentSpanContext }) => parentSpanContext?.spanId === parent)
    .map((span) => [span.name, ...tree(span.spanContext().spanId)]);
}

const query = `query Mine($name: String) {
  partners(where: { name: { contains: $name } }) { nodes { region { name partners { totalCount } } } } }`;

test('an operation is a part of its caller’s trace; batches are parts of it, and statements of these', async () => {
  await ask({ query, variables: { name: 'Alpha' } }, { traceparent: `00-${traceId}-${caller}-01` });
  const batch = ['loader.batch', ['db.query']];
  expect(tree(caller)).toEqual([['graphql.execute', batch, batch, batch]]);
  const spans = exporter.getFinishedSpans();
  expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(new Set([traceId]));
  const [statement, first] = spans;
  expect(statement).toMatchObject({
    kind: SpanKind.CLIENT,
    attributes: {
      'db.system.name': 'postgresql',
      'db.query.text': expect.stringMatching(/from "partner" t[\s\S]* goodgraph_pattern\(\$2\)/),
      'db.response.returned_rows': 1,
    },
  });
  expect(first?.attributes).toEqual({ 'goodgraph.batch.keys': 1 });
  expect(spans.at(-1)?.attributes).toEqual({ 'graphql.operation.type': 'query', 'graphql.operation.name': 'Mine' });
  expect(JSON.stringify(spans.map(({ attributes }) => attributes))).not.toContain('Alpha');
});

test('without a caller’s trace an operation begins one', async () => {
  await ask({ query, variables: { name: 'None' } });
  expect(tree(undefined)).toEqual([['graphql.execute', ['loader.batch', ['db.query']]]]);
});

test('a statement that fails says how, and not on what', async () => {
  const refused = `query { partners(where: { name: { contains: "a\\u0000b" } }) { nodes { name } } }`;
  expect(await ask({ query: refused })).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  const [statement] = exporter.getFinishedSpans();
  expect(statement).toMatchObject({
    name: 'db.query',
    status: { code: SpanStatusCode.ERROR },
    attributes: { 'error.type': '22021', 'db.response.status_code': '22021' },
    events: [],
  });
  expect(exporter.getFinishedSpans().at(-1)).toMatchObject({
    name: 'graphql.execute',
    status: { code: SpanStatusCode.ERROR },
  });
});

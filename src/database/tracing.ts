import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('goodgraph');

/**
 * Runs a statement within a span, after OpenTelemetry's conventions for database clients. Its text has parameters, never
 * values; nor does the span of a failed one hold PostgreSQL's message, which may quote one.
 */
export function inStatementSpan<Row>(text: string, run: () => Promise<Row[]>): Promise<Row[]> {
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text };
  return tracer.startActiveSpan('db.query', { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      const rows = await run();
      span.setAttribute('db.response.returned_rows', rows.length);
      return rows;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
      span.setAttributes({ 'error.type': code, 'db.response.status_code': code });
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

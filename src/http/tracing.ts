import { context, propagation, trace } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';

/** What a request does is part of the trace that its headers name (W3C Trace Context), or that is under way already. */
export function continueTraces(server: FastifyInstance): void {
  // Not earlier: the body is read in a context of its own.
  server.addHook('preHandler', (request, _reply, done) => {
    const active = context.active();
    const parent = trace.getSpan(active) ? active : propagation.extract(active, request.headers);
    context.with(parent, done);
  });
}

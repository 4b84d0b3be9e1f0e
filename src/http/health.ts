import type { FastifyInstance } from 'fastify';

/** What `/readyz` looks at. */
export interface Readiness {
  /** Resolves when there is something to answer from; rejects otherwise. */
  check(): Promise<unknown>;
  /** What it means when it rejects. */
  silence: string;
  isDraining(): boolean;
  /** The subgraphs that run elsewhere. One that is down costs only its own fields, so it does not make us unready. */
  subgraphs?: (() => Record<string, 'up' | 'down' | 'left out'>) | undefined;
}

/** `/livez` depends on nothing; `/readyz` on what is answered from, and on not draining. */
export function healthRoutes(server: FastifyInstance, readiness: Readiness): void {
  let checking: Promise<unknown> | undefined;
  /** Those who ask at the same time share one check: many of them do not make it slow. */
  const check = () => (checking ??= readiness.check().finally(() => (checking = undefined)));
  server.get('/livez', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'live' }));
  server.get('/readyz', async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    if (readiness.isDraining()) return reply.code(503).send({ status: 'draining' });
    return check().then(
      () => reply.send({ status: 'ready', ...(readiness.subgraphs && { subgraphs: readiness.subgraphs() }) }),
      (error: unknown) => {
        request.log.warn({ err: error }, `not ready: ${readiness.silence}`);
        return reply.code(503).send({ status: 'waiting', reason: readiness.silence });
      },
    );
  });
}

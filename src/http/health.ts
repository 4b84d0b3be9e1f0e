import type { FastifyInstance } from 'fastify';

/** What `/readyz` looks at. */
export interface Readiness {
  /** Resolves when the database answers; rejects otherwise. */
  check(): Promise<unknown>;
  isDraining(): boolean;
  /** The subgraphs that run elsewhere. One that is down costs only its own fields, so it does not make us unready. */
  subgraphs?: (() => Record<string, 'up' | 'down' | 'left out'>) | undefined;
}

/** `/livez` depends on nothing; `/readyz` on the database, and on not draining. */
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
        request.log.warn({ err: error }, 'not ready: the database does not answer');
        return reply.code(503).send({ status: 'waiting', reason: 'The database does not answer.' });
      },
    );
  });
}

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from '@prometheus-io/client';
import type { FastifyInstance } from 'fastify';
import type { PoolState } from '../database/database.js';
import type { Run } from '../graph/context.js';
import type { Places } from './overload.js';

/** From five milliseconds to the deadline of an operation. */
export const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** The metrics of one application. Those of Node and the process have the names that every Node program gives them. */
export function createRegistry(): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register });
  return register;
}

const methods = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

/** Watches every request of a server. Labels are routes as declared and never what a client made up. */
export function requestMetrics(server: FastifyInstance, registry: Registry): void {
  const registers = [registry];
  const underWay = new Gauge({
    name: 'goodgraph_http_requests_in_flight',
    help: 'Requests whose answer has not gone out.',
    registers,
  });
  const answered = new Histogram({
    name: 'goodgraph_http_request_duration_seconds',
    help: 'From the headers of a request to the end of its answer, or to the departure of its client.',
    labelNames: ['method', 'route', 'status'],
    buckets: seconds,
    registers,
  });
  server.addHook('onRequest', (request, reply, done) => {
    underWay.inc();
    reply.raw.once('close', () => {
      underWay.dec();
      const method = methods.has(request.method) ? request.method : 'other';
      const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none');
      answered.observe({ method, route, status: reply.raw.statusCode }, reply.elapsedTime / 1_000);
    });
    done();
  });
}

/** A way of running statements whose every statement is timed. */
export function statementMetrics(registry: Registry): (run: Run) => Run {
  const ran = new Histogram({
    name: 'goodgraph_statement_duration_seconds',
    help: 'SQL statements of operations, the wait for a connection included.',
    labelNames: ['outcome'],
    buckets: [0.001, ...seconds],
    registers: [registry],
  });
  return (run) => async (query) => {
    const end = ran.startTimer();
    try {
      const rows = await run(query);
      end({ outcome: 'answered' });
      return rows;
    } catch (error) {
      end({ outcome: 'failed' });
      throw error;
    }
  };
}

export function poolMetrics(registry: Registry, pools: () => PoolState[]): void {
  const gauge = (name: string, help: string, set: (gauge: Gauge<'pool' | 'state'>, pool: PoolState) => void) =>
    new Gauge<'pool' | 'state'>({
      name,
      help: `${help} Pools: public (anonymous reads), member (signed-in reads), those two with -stream (lists as files), writer (mutations), service (commands).`,
      labelNames: ['pool', 'state'],
      registers: [registry],
      collect() {
        for (const pool of pools()) set(this, pool);
      },
    });
  gauge('goodgraph_pool_connections', 'Open connections to PostgreSQL.', (self, { name, open, idle }) => {
    self.set({ pool: name, state: 'used' }, open - idle);
    self.set({ pool: name, state: 'idle' }, idle);
  });
  gauge('goodgraph_pool_connections_max', 'How many connections a pool may open.', (self, { name, most }) =>
    self.set({ pool: name }, most),
  );
  gauge('goodgraph_pool_waiting', 'Statements that wait for a connection.', (self, { name, waiting }) =>
    self.set({ pool: name }, waiting),
  );
}

export function placeMetrics(registry: Registry, places: Places): void {
  const registers = [registry];
  const running: Gauge = new Gauge({
    name: 'goodgraph_operations_running',
    help: 'Operations that have a place.',
    registers,
    collect: () => running.set(places.running()),
  });
  const waiting: Gauge = new Gauge({
    name: 'goodgraph_operations_waiting',
    help: 'Places of the queue that are taken, by operations that gave up as well until their turn comes.',
    registers,
    collect: () => waiting.set(places.waiting()),
  });
  const refused: Counter<'reason'> = new Counter({
    name: 'goodgraph_operations_refused_total',
    help: 'Operations answered by 503 for want of a place: full (queue too), late (waited too long), gone (left the queue).',
    labelNames: ['reason'],
    registers,
    collect: () => {
      refused.reset();
      for (const [reason, count] of Object.entries(places.refused)) refused.inc({ reason }, count);
    },
  });
}

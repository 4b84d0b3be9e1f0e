import type { ApolloServerPlugin } from '@apollo/server';
import { Counter, Histogram, type Registry } from '@prometheus-io/client';
import { parse } from 'graphql';
import type { HttpContext } from './apollo.js';
import { ClientLeft } from './departure.js';
import { seconds } from './metrics.js';

/** The names of the operations in some documents. */
export function operationNames(documents: readonly string[]): Set<string> {
  const operations = documents.flatMap((document) => parse(document).definitions);
  return new Set(operations.flatMap((each) => ('name' in each && each.name ? [each.name.value] : [])));
}

function instruments(registry: Registry) {
  const registers = [registry];
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, buckets, registers });
  return {
    duration: new Histogram({
      name: 'goodgraph_operation_duration_seconds',
      help: 'GraphQL operations, from the document to the answer. `operation` is a name known to us, or other, or none.',
      labelNames: ['type', 'operation'],
      buckets: seconds,
      registers,
    }),
    errors: new Counter({
      name: 'goodgraph_operation_errors_total',
      help: 'Errors in answers, by their code.',
      labelNames: ['code'],
      registers,
    }),
    abandoned: new Counter({
      name: 'goodgraph_operations_abandoned_total',
      help: 'Operations that were stopped because their client had left.',
      registers,
    }),
    documents: new Counter({
      name: 'goodgraph_document_cache_lookups_total',
      help: 'Documents found parsed and validated in memory (hit), or not (miss).',
      labelNames: ['result'],
      registers,
    }),
    cost: histogram(
      'goodgraph_operation_cost',
      'What an operation may cost, as `extensions.cost` tells it.',
      [1, 10, 50, 100, 250, 500, 1_000, 2_000, 5_000, 10_000],
    ),
    statements: histogram(
      'goodgraph_operation_statements',
      'SQL statements of one operation.',
      [0, 1, 2, 4, 6, 8, 12, 16, 24, 32],
    ),
    rows: histogram(
      'goodgraph_operation_rows',
      'Rows that one operation read.',
      [0, 1, 10, 100, 1_000, 10_000, 50_000],
    ),
    batches: histogram(
      'goodgraph_loader_batch_keys',
      'Keys in one batch of a loader.',
      [1, 2, 5, 10, 20, 50, 100, 1_000],
    ),
  };
}

/** What an operation costs, once it is told in the answer's extensions: a number, or `requested` of it. */
export function costOf(extensions: Record<string, unknown> | undefined): number | undefined {
  const cost = extensions?.['cost'];
  const told: unknown = typeof cost === 'object' && cost !== null && 'requested' in cost ? cost.requested : cost;
  return typeof told === 'number' ? told : undefined;
}

/** Watches operations. Clients name theirs as they like: only `names` become labels. */
export function operationMetrics(registry: Registry, names: ReadonlySet<string>): ApolloServerPlugin<HttpContext> {
  const metrics = instruments(registry);
  const labelOf = (name: string | null | undefined) => (name == null ? 'none' : names.has(name) ? name : 'other');
  return {
    requestDidStart: async () => {
      const end = metrics.duration.startTimer();
      let isParsed = false;
      return {
        parsingDidStart: async () => void (isParsed = true),
        didResolveOperation: async () => metrics.documents.inc({ result: isParsed ? 'miss' : 'hit' }),
        willSendResponse: async ({ operation, operationName, contextValue: { effort, stop }, response: { body } }) => {
          end({ type: operation?.operation ?? 'none', operation: labelOf(operationName) });
          metrics.statements.observe(effort.statements);
          metrics.rows.observe(effort.rows);
          for (const keys of effort.batches) metrics.batches.observe(keys);
          if (stop.signal.reason instanceof ClientLeft) metrics.abandoned.inc();
          if (body.kind !== 'single') return;
          const cost = costOf(body.singleResult.extensions);
          if (cost !== undefined) metrics.cost.observe(cost);
          for (const { extensions } of body.singleResult.errors ?? [])
            metrics.errors.inc({ code: String(extensions?.['code']) });
        },
      };
    },
  };
}

import { Gauge, type Registry } from '@prometheus-io/client';
import type { Upkeep } from '../subgraphs/discovery/search/upkeep/freshness.js';

/** How the search engines are kept up, asked when somebody looks; a database that does not answer tells nothing. */
export function searchMetrics(registry: Registry, upkeep: () => Promise<Upkeep[]>): void {
  const gauge = (name: string, help: string, valueOf: (kept: Upkeep) => number) =>
    new Gauge<'target'>({
      name,
      help,
      labelNames: ['target'],
      registers: [registry],
      async collect() {
        const targets = await upkeep().catch(() => []);
        this.reset();
        for (const kept of targets) this.set({ target: kept.target }, valueOf(kept));
      },
    });
  gauge(
    'goodgraph_search_lag_seconds',
    'Age of the oldest change that is not in the index of a search engine; 0 where all are.',
    ({ lag }) => lag,
  );
  gauge(
    'goodgraph_search_quarantined',
    'Records whose documents a search engine refused; goodgraph search redrive tries them again.',
    ({ quarantined }) => quarantined,
  );
}

import { Gauge, type Registry } from '@prometheus-io/client';
import type { Upkeep } from '../subgraphs/discovery/search/upkeep/freshness.js';

/** How the search engines are kept up, asked when somebody looks; a database that does not answer tells nothing. */
export function searchMetrics(registry: Registry, upkeep: () => Promise<Upkeep[]>): void {
  const registers = [registry];
  const quarantined = new Gauge<'target'>({
    name: 'goodgraph_search_quarantined',
    help: 'Records whose documents a search engine refused; goodgraph search redrive tries them again.',
    labelNames: ['target'],
    registers,
  });
  const lag: Gauge<'target'> = new Gauge<'target'>({
    name: 'goodgraph_search_lag_seconds',
    help: 'Age of the oldest change that is not in the index of a search engine; 0 where all are.',
    labelNames: ['target'],
    registers,
    async collect() {
      const targets = await upkeep().catch(() => []);
      for (const gauge of [lag, quarantined]) gauge.reset();
      for (const { target, ...kept } of targets) {
        lag.set({ target }, kept.lag);
        quarantined.set({ target }, kept.quarantined);
      }
    },
  });
}

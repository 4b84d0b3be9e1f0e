import type { Database } from '../database/database.js';
import type { SearchEngine } from '../subgraphs/discovery/search/engine.js';
import { rebuild, type Progress } from '../subgraphs/discovery/search/upkeep/fill.js';
import { isInStep, reconcile, type Difference } from '../subgraphs/discovery/search/upkeep/reconcile.js';
import { report } from './report.js';

interface Reindex {
  database: Database;
  engines: readonly SearchEngine[];
  json: boolean | undefined;
  log: (message: string) => void;
}

/** Builds every search index anew, beside the one that answers; tells how far it is every second. */
export async function reindex({ database, engines, json, log }: Reindex): Promise<void> {
  const built: { target: string; documents: number; seconds: number }[] = [];
  for (const engine of engines) {
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1_000;
    let last: Progress = { documents: 0, of: 0 };
    const tell = () => log(`${engine.name}: ${progressLine(last, seconds())}`);
    const timer = setInterval(tell, 1_000);
    try {
      const documents = await rebuild({ em: database.em(), engine, onProgress: (progress) => (last = progress) });
      built.push({ target: engine.name, documents, seconds: Math.round(seconds() * 10) / 10 });
    } finally {
      clearInterval(timer);
    }
  }
  const lines = built.map(
    ({ target, documents, seconds }) => `${target}: ${number(documents)} documents in ${seconds} s`,
  );
  report(json, { built }, lines.join('\n'));
}

const number = (value: number) => Math.round(value).toLocaleString('en');

/** What the work so far says of the rest. */
export function progressLine({ documents, of }: Progress, seconds: number): string {
  const done = `${number(documents)} of ${number(of)} documents, ${number(seconds)} s`;
  if (documents === 0) return `${done}, the time left is not known yet`;
  if (documents >= of) return `${done}, all read; the engine makes the index ready`;
  return `${done}, about ${number((seconds / documents) * (of - documents))} s left`;
}

const shown = 20;

/** Compares every search index with the records, and changes nothing; the process ends with 1 where they differ. */
export async function checkIndexes({ database, engines, json }: Reindex): Promise<void> {
  const targets: ({ target: string } & Difference)[] = [];
  for (const engine of engines)
    targets.push({ target: engine.name, ...(await reconcile({ em: database.em(), engine })) });
  report(json, { targets }, targets.map(textOf).join('\n'));
  if (!targets.every(isInStep)) process.exitCode = 1;
}

function textOf({ target, documents, ...difference }: { target: string } & Difference): string {
  if (isInStep({ documents, ...difference }))
    return `${target}: all ${number(documents)} documents are as the records say.`;
  const found = [
    ['missing', difference.missing],
    ['out of date', difference.stale],
    ['of no record', difference.leftOver],
  ] as const;
  const lines = found.flatMap(([what, ids]) => {
    const more = ids.length > shown ? ` and ${number(ids.length - shown)} more` : '';
    return ids.length === 0
      ? []
      : [`${target}: ${number(ids.length)} ${what}: ${ids.slice(0, shown).join(', ')}${more}`];
  });
  return [...lines, `${target}: goodgraph reindex builds it anew.`].join('\n');
}

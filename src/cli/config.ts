import type { Config } from '../config.js';
import { report } from './report.js';

const hidden = '***';

/** The parameters of a connection that are shown; the driver takes any, a password too. */
const harmless = new Set(['application_name', 'host', 'port', 'sslmode', 'user']);

/** A URL without its password, wherever it stands. */
function withoutPassword(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = new URL(text);
  if (url.password !== '') url.password = hidden;
  for (const name of new Set(url.searchParams.keys())) if (!harmless.has(name)) url.searchParams.set(name, hidden);
  return url.href;
}

/** Prints what the program would run with. Secrets never appear. */
export function printConfig(json: boolean | undefined, config: Config): void {
  const shown = {
    ...config,
    databaseUrl: withoutPassword(config.databaseUrl),
    databasePublicUrl: withoutPassword(config.databasePublicUrl),
    routerSecrets: config.routerSecrets.map(() => hidden),
    metricsToken: config.metricsToken && hidden,
    meilisearch: config.meilisearch && { ...config.meilisearch, key: config.meilisearch.key && hidden },
  };
  report(json, shown, JSON.stringify(shown, null, 2));
}

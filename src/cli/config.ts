import type { Config } from '../config.js';
import { report } from './report.js';

const hidden = '(hidden)';

/** A URL without its password. */
const withoutPassword = (url: string | undefined) => url?.replace(/(\/\/[^:@/]*):[^@]*@/, `$1:${hidden}@`);

/** Prints what the program would run with. Secrets never appear. */
export function printConfig(json: boolean | undefined, config: Config): void {
  const shown = {
    ...config,
    databaseUrl: withoutPassword(config.databaseUrl),
    databasePublicUrl: withoutPassword(config.databasePublicUrl),
    routerSecrets: config.routerSecrets.map(() => hidden),
  };
  report(json, shown, JSON.stringify(shown, null, 2));
}

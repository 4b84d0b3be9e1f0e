import type { Database } from './database/database.js';
import { anonymous } from './graph/context.js';
import type { Store } from './store.js';
import { holdsDemonstration, tellsOfDemonstration } from './subgraphs/demonstration.js';
import type { GatewayGraph } from './subgraphs/gateway.js';

/** What a process answers from: its database, or nothing but subgraphs elsewhere. */
export interface Backing extends Pick<Database, 'readAs' | 'pools'> {
  /** Resolves when there is something to answer from. */
  ping(): Promise<unknown>;
  /** What it means when `ping` rejects. */
  silence: string;
  /** Whether anonymous readers may meet records that are made up; false where that cannot be told. */
  holdsDemonstration(): Promise<boolean>;
  close(): Promise<void>;
}

export function onDatabase({ database, close }: Store): Backing {
  const { readAs, pools, ping } = database;
  const readOpen = readAs(anonymous);
  return {
    readAs,
    pools,
    ping,
    silence: 'The database does not answer.',
    holdsDemonstration: () => holdsDemonstration(readOpen).catch(() => false),
    close,
  };
}

/** Behind a gateway none of whose own subgraphs runs here. */
export function onSubgraphs({ executor, ping }: GatewayGraph): Backing {
  return {
    readAs: () => () => Promise.reject(new Error('No subgraph runs in this process: nothing can be read here.')),
    pools: () => [],
    ping,
    silence: 'No subgraph answers.',
    holdsDemonstration: () => tellsOfDemonstration(executor).catch(() => false),
    close: async () => undefined,
  };
}

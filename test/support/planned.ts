import 'reflect-metadata';
import type { Place } from '../../src/graph/gateway/gateway-file.js';
import { gatewayGraph, type GatewayGraph } from '../../src/subgraphs/gateway.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';

/** Where a subgraph runs when nothing else is said: in this process. */
export function aPlace(place: Partial<Place> & { name: string }): Place {
  return {
    isLocal: place.url === undefined,
    url: undefined,
    sdl: undefined,
    timeout: 2_000,
    isTrusted: true,
    ...place,
  };
}

/** Our graph behind the planner with nothing compiled unless that is said, all of it in this process unless places say otherwise. */
export function plannedGraph(
  others: readonly Place[] = [],
  log: (message: string) => void = () => undefined,
  secret?: string,
  isCompiled = false,
): Promise<GatewayGraph> {
  const ours = subgraphs.map(({ name }) => others.find((each) => each.name === name) ?? aPlace({ name }));
  const partners = others.filter(({ name }) => !ours.some((each) => each.name === name));
  return gatewayGraph({ manifests: subgraphs, places: [...ours, ...partners], log, secret, isCompiled });
}

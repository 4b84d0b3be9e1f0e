import type {
  FetchNode,
  PlanNode,
  QueryPlan,
  QueryPlanner,
  RequiresSelection,
} from '@graphql-hive/router-query-planner';
import { Kind, print, visit, type DocumentNode } from 'graphql';
import { GatewayFault } from './gateway-fault.js';

export type { FetchNode, PlanNode, QueryPlan, RequiresSelection };
export type BatchFetchNode = Extract<PlanNode, { kind: 'BatchFetch' }>;
export type PathSegment = Extract<PlanNode, { kind: 'Flatten' }>['path'][number];
export type Rewrites = NonNullable<FetchNode['inputRewrites']>;

/** Plans an operation: which subgraphs are asked for what, and in which order. The same document is planned once. */
export type Plan = (document: DocumentNode, operationName?: string | null, signal?: AbortSignal) => Promise<QueryPlan>;

const planner = '@graphql-hive/router-query-planner';
const version = '0.0.38';
const prebuilt = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64'];
const labels = new Set<string>();

/**
 * Hive Router's planner for a supergraph. It is native code, so it is no dependency of ours: throws a GatewayFault that says
 * what to install, or that there is none for this machine. `load` stands in for the import.
 */
export async function createPlanner(supergraphSdl: string, load = importPlanner): Promise<Plan> {
  const { QueryPlanner: Planner } = await load().catch((error: unknown) => {
    throw missing(error);
  });
  const made = new Planner(supergraphSdl);
  const known = new WeakMap<DocumentNode, Map<string, Promise<QueryPlan>>>();
  return (document, operationName, signal) => {
    const plans = known.get(document) ?? new Map<string, Promise<QueryPlan>>();
    known.set(document, plans);
    const name = operationName ?? '';
    const planned =
      plans.get(name) ?? made.planAsync(print(withoutIntrospection(document)), operationName, labels, 0, signal);
    plans.set(name, planned);
    // One that failed, or whose client left, is planned again.
    planned.catch(() => plans.delete(name));
    return planned;
  };
}

const importPlanner = (): Promise<{ QueryPlanner: new (supergraphSdl: string) => QueryPlanner }> => import(planner);

function missing(error: unknown): GatewayFault {
  const { platform, arch } = process;
  const machine = `${platform}-${arch}`;
  if (!prebuilt.includes(machine))
    return new GatewayFault([
      `the query planner is not built for ${machine}, only for ${prebuilt.join(', ')}; run the subgraphs behind a router there`,
    ]);
  if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND')
    return new GatewayFault([`the query planner is not installed; run: npm install ${planner}@${version}`]);
  const why = error instanceof Error ? error.message : String(error);
  return new GatewayFault([`the query planner cannot be loaded on ${machine} (it needs glibc on Linux): ${why}`]);
}

/** Introspection is answered here, and unknown to the planner. A selection must not become empty. */
function withoutIntrospection(document: DocumentNode): DocumentNode {
  return visit(document, {
    Field: (node) => {
      if (node.name.value !== '__schema' && node.name.value !== '__type') return undefined;
      const alias = node.alias ?? node.name;
      return { kind: Kind.FIELD, alias, name: { kind: Kind.NAME, value: '__typename' } };
    },
  });
}

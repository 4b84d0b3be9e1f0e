import type { ExecutionResult, GraphQLError } from 'graphql';
import {
  FieldFault,
  isObject,
  merge,
  objectsAt,
  place,
  representation,
  rewrite,
  type Answer,
  type IsOfType,
} from './answer-tree.js';
import { documentOf, type FetchDocument } from './fetch-document.js';
import type { BatchFetchNode, FetchNode, PathSegment, PlanNode, RequiresSelection } from './planner.js';

/** What a plan asks of a subgraph. */
export interface SubgraphRequest extends FetchDocument {
  /** `document` as text. */
  query: string;
  variables: Record<string, unknown>;
}

/** Asks one subgraph. May reject: then it is down, and so are the fields that were asked of it. */
export type AskSubgraph = (subgraph: string, request: SubgraphRequest) => Promise<ExecutionResult>;

export interface PlanRun {
  ask: AskSubgraph;
  isOfType: IsOfType;
  /** As the client sent them: subgraphs coerce. */
  variables: Readonly<Record<string, unknown>>;
  /** With defaults, for the conditions of the plan. */
  coerced: Readonly<Record<string, unknown>>;
  /** What there is of the answer. */
  data: Answer;
  /** Errors that have no place in it. */
  errors: Error[];
  /** Whether a subgraph told an error, or did not answer. */
  isFaulty: boolean;
  /** Is told of every list that stands in the answer once more. Throws when that is too much. */
  copies(items: number): void;
}

/** Runs a plan until its answer is whole: `run.data` holds a value, or an error, for every field that was fetched. */
export async function runPlan(run: PlanRun, node: PlanNode | undefined): Promise<void> {
  switch (node?.kind) {
    case undefined:
      return;
    case 'Sequence':
      for (const each of node.nodes) {
        // oxlint-disable-next-line no-await-in-loop -- the next step needs what this one fetched
        await runPlan(run, each);
      }
      return;
    case 'Parallel':
      await Promise.all(node.nodes.map((each) => runPlan(run, each)));
      return;
    case 'Condition':
      return runPlan(run, run.coerced[node.condition] === true ? node.ifClause : node.elseClause);
    case 'Flatten':
      if (node.node.kind !== 'Fetch')
        throw new Error(`The plan flattens a ${node.node.kind}, which has no meaning here.`);
      return fetchEntities(run, node.node, node.path);
    case 'Fetch':
      return fetchRoot(run, node);
    case 'BatchFetch':
      return fetchBatch(run, node);
    default:
      throw new Error(`The plan has a ${node?.kind}, which this gateway does not run.`);
  }
}

async function fetchRoot(run: PlanRun, fetch: FetchNode): Promise<void> {
  const data = await fetched(run, fetch, {});
  rewrite(data, fetch.outputRewrites, run.isOfType);
  merge(run.data, data);
}

async function fetchEntities(run: PlanRun, fetch: FetchNode, path: readonly PathSegment[]): Promise<void> {
  const asked = entitiesAt(run, [path], fetch.requires ?? [], fetch);
  if (asked.representations.length === 0) return;
  const { _entities: entities } = await fetched(run, fetch, { representations: asked.representations });
  spread(run, entities, asked.targets, fetch, namesBelow(fetch, '_entities'));
}

/** Several lists of entities in one request, each under an alias. */
async function fetchBatch(run: PlanRun, fetch: BatchFetchNode): Promise<void> {
  const { aliases } = fetch.entityBatch;
  const lists = new Map<string, EntityList>();
  const asked = aliases.map((alias) => {
    const list = lists.get(alias.representationsVariableName) ?? emptyList();
    lists.set(alias.representationsVariableName, list);
    return { alias, targets: entitiesAt(run, alias.paths, alias.requires, alias, list).targets };
  });
  if ([...lists.values()].every(({ representations }) => representations.length === 0)) return;
  const data = await fetched(
    run,
    fetch,
    Object.fromEntries([...lists].map(([name, { representations }]) => [name, representations])),
  );
  for (const { alias, targets } of asked)
    spread(run, data[alias.alias], targets, alias, namesBelow(fetch, alias.alias));
}

/** Representations, each once, and by their text where they are. */
interface EntityList {
  representations: Answer[];
  places: Map<string, number>;
}

const emptyList = (): EntityList => ({ representations: [], places: new Map() });

function entitiesAt(
  { data, isOfType }: PlanRun,
  paths: readonly (readonly PathSegment[])[],
  requires: readonly RequiresSelection[],
  { inputRewrites }: Pick<FetchNode, 'inputRewrites'>,
  { representations, places } = emptyList(),
): { representations: Answer[]; targets: [Answer, number][] } {
  const targets: [Answer, number][] = [];
  for (const object of paths.flatMap((path) => objectsAt(data, path, isOfType))) {
    const wanted = representation(object, requires, isOfType);
    if (!wanted) continue;
    rewrite(wanted, inputRewrites, isOfType);
    const text = JSON.stringify(wanted);
    const known = places.get(text) ?? representations.push(wanted) - 1;
    places.set(text, known);
    targets.push([object, known]);
  }
  return { representations, targets };
}

/** Hands each entity to the objects that stand for it. One that is an error is an error of every field it was asked for. */
function spread(
  { isOfType, copies }: PlanRun,
  entities: unknown,
  targets: readonly [Answer, number][],
  { outputRewrites }: Pick<FetchNode, 'outputRewrites'>,
  names: readonly string[],
): void {
  rewrite(entities, outputRewrites, isOfType);
  const moved = new Set<number>();
  for (const [target, index] of targets) {
    const entity: unknown = Array.isArray(entities) ? entities[index] : entities;
    // Merging moves what it merges; several objects may stand for one entity.
    if (isObject(entity)) merge(target, (moved.has(index) ? structure(entity, copies) : entity) as Answer);
    else if (entity instanceof FieldFault) merge(target, Object.fromEntries(names.map((name) => [name, entity])));
    moved.add(index);
  }
}

/** A copy of the objects and lists of a value; leaves, and errors, are the same. */
function structure(value: unknown, copies: PlanRun['copies']): unknown {
  if (Array.isArray(value)) {
    copies(value.length);
    return value.map((item) => structure(item, copies));
  }
  if (!isObject(value)) return value;
  const copy: Answer = {};
  for (const name of Object.keys(value)) if (name !== '__proto__') copy[name] = structure(value[name], copies);
  return copy;
}

/** What a subgraph answers to a fetch, with its errors as values in their places. */
async function fetched(
  run: PlanRun,
  fetch: FetchNode | BatchFetchNode,
  representations: Record<string, unknown>,
): Promise<Answer> {
  const document = documentOf(fetch);
  const used = (fetch.variableUsages ?? []).filter((name) => Object.hasOwn(run.variables, name));
  const variables = { ...Object.fromEntries(used.map((name) => [name, run.variables[name]])), ...representations };
  const request = { ...document, query: fetch.operation, variables };
  const result = await run
    .ask(fetch.serviceName, request)
    .catch((error: Error): ExecutionResult => ({ data: null, errors: [error as GraphQLError] }));
  run.isFaulty ||= !isObject(result.data) || (result.errors?.length ?? 0) > 0;
  if (isObject(result.data)) {
    for (const error of result.errors ?? []) if (!place(result.data, error.path ?? [], error)) run.errors.push(error);
    return result.data;
  }
  // Nothing came: every field that was asked for is this error.
  const [first = new Error(`Subgraph ${fetch.serviceName} answered nothing.`)] = result.errors ?? [];
  const failed = new FieldFault([{ error: first, below: [] }]);
  return Object.fromEntries([...document.fields.keys()].map((name) => [name, failed]));
}

const namesBelow = (fetch: { operation: string }, field: string): readonly string[] =>
  documentOf(fetch).fields.get(field) ?? [];

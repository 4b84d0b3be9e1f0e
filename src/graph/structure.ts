import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import { Refusal } from './errors.js';
import { limits } from './limits.js';

/** What a selection holds once its fragments are written out. Depths in fields; below `__schema` and `__type` apart. */
interface Shape {
  depth: number;
  introspectionDepth: number;
  fields: number;
  aliases: number;
  directives: number;
}

const empty: Shape = { depth: 0, introspectionDepth: 0, fields: 0, aliases: 0, directives: 0 };

const advice: Record<keyof typeof limits.document, [what: string, remedy: string]> = {
  depth: ['levels of fields', 'Start nearer to what you want, or ask for the rest by its id.'],
  introspectionDepth: ['levels of introspection', 'Use the introspection query of your tools, or /schema.graphql.'],
  fields: ['fields and fragments', 'Ask for fewer, or in several requests.'],
  aliases: ['aliases', 'Ask for several records by a list or `nodes(ids)`, or in several requests.'],
  directives: ['directives', 'Leave out fields that you do not want.'],
  pairs: ['pairs of fields that bear one name at one place', 'Write each once, with all that you ask of it.'],
  variables: ['variables', 'Put several values into one, such as `where`.'],
  operations: ['operations', 'Send the one that you ask for.'],
};

/**
 * Why a document is not looked at any further, or null. Each fragment is measured once, so that the work grows with the
 * document and not with what its fragments spread to; cycles are left to validation.
 */
export function structureFault({ definitions }: DocumentNode): Refusal | null {
  const fragments = new Map(
    definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [])),
  );
  const { shapeOf, isCircular } = measurer(fragments);
  const operations = definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION).length;
  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const found = {
      operations,
      variables: definition.variableDefinitions?.filter(({ type }) => !isOfEntities(type)).length ?? 0,
      ...shapeOf(definition.selectionSet),
      ...(isAboutTypes(definition) && { depth: 0 }),
      pairs: 0,
    };
    const fault = faultOf(found);
    if (fault) return fault;
    // Only now, as this work grows with the fields that are written out.
    const pairs = isCircular() ? 0 : pairsIn([definition.selectionSet], fragments);
    const repeated = faultOf({ ...found, pairs });
    if (repeated) return repeated;
  }
  return null;
}

/**
 * Routers ask for the entities of all places of an answer at once: a field `_entities` with an alias, and a variable, for
 * each. Whoever asked the router wrote neither. They count as fields, and the price counts the entities.
 */
const isOfEntities = (type: TypeNode): boolean =>
  type.kind === Kind.NAMED_TYPE ? type.name.value === '_Any' : isOfEntities(type.type);

/** A fragment on the schema's own types lies below a `__schema`, where its depth is counted. */
const isAboutTypes = (definition: OperationDefinitionNode | FragmentDefinitionNode) =>
  definition.kind === Kind.FRAGMENT_DEFINITION && definition.typeCondition.name.value.startsWith('__');

function faultOf(found: Record<keyof typeof limits.document, number>): Refusal | null {
  for (const key of Object.keys(advice) as (keyof typeof advice)[]) {
    const most = limits.document[key];
    const [what, remedy] = advice[key];
    if (found[key] > most)
      return new Refusal(
        'LIMIT_EXCEEDED',
        `The document has ${count(found[key])} ${what}; ${number(most)} is the most. ${remedy}`,
      );
  }
  return null;
}

const number = (value: number) => value.toLocaleString('en');
const count = (value: number) => (value > 1e6 ? 'millions of' : number(value));

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * How many pairs of fields validation compares (GraphQL §5.3.2): of those that bear one name at one place each with each,
 * arguments and all, and what is below them likewise.
 */
function pairsIn(sets: readonly SelectionSetNode[], fragments: Fragments): number {
  const places = new Map<string, { fields: number; below: SelectionSetNode[] }>();
  const spread = new Set<string>();

  function collect(node: SelectionNode): void {
    if (node.kind === Kind.FIELD) {
      const name = (node.alias ?? node.name).value;
      const place = places.get(name) ?? { fields: 0, below: [] };
      place.fields += 1;
      if (node.selectionSet) place.below.push(node.selectionSet);
      places.set(name, place);
      return;
    }
    if (node.kind === Kind.INLINE_FRAGMENT) return node.selectionSet.selections.forEach(collect);
    if (spread.has(node.name.value)) return;
    spread.add(node.name.value);
    fragments.get(node.name.value)?.selectionSet.selections.forEach(collect);
  }

  for (const { selections } of sets) selections.forEach(collect);
  let pairs = 0;
  for (const { fields, below } of places.values())
    pairs += (fields * (fields - 1)) / 2 + (below.length > 0 ? pairsIn(below, fragments) : 0);
  return pairs;
}

function measurer(fragments: Fragments) {
  const known = new Map<string, Shape>();
  const open = new Set<string>();
  let isCircular = false;

  function ofSpread(name: string): Shape {
    if (open.has(name)) isCircular = true;
    const before = known.get(name);
    if (before) return before;
    known.set(name, empty);
    open.add(name);
    const fragment = fragments.get(name);
    const shape = fragment ? ofSet(fragment.selectionSet) : empty;
    open.delete(name);
    known.set(name, shape);
    return shape;
  }

  function ofSelection(node: SelectionNode): Shape {
    if (node.kind === Kind.FRAGMENT_SPREAD) return ofSpread(node.name.value);
    const inner = node.selectionSet ? ofSet(node.selectionSet) : empty;
    if (node.kind === Kind.INLINE_FRAGMENT) return inner;
    const isIntrospection = node.name.value === '__schema' || node.name.value === '__type';
    return {
      ...inner,
      depth: isIntrospection ? 0 : inner.depth + 1,
      introspectionDepth: isIntrospection ? inner.depth + 1 : inner.introspectionDepth,
      aliases: inner.aliases + (node.alias && node.name.value !== '_entities' ? 1 : 0),
    };
  }

  function ofSet({ selections }: SelectionSetNode): Shape {
    const whole = { ...empty };
    for (const node of selections) {
      const shape = ofSelection(node);
      whole.depth = Math.max(whole.depth, shape.depth);
      whole.introspectionDepth = Math.max(whole.introspectionDepth, shape.introspectionDepth);
      whole.fields += shape.fields + 1;
      whole.aliases += shape.aliases;
      whole.directives += shape.directives + (node.directives?.length ?? 0);
    }
    return whole;
  }

  return { shapeOf: ofSet, isCircular: () => isCircular };
}

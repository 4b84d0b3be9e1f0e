import {
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { getComplexity, type ComplexityEstimator, type ComplexityEstimatorArgs } from 'graphql-query-complexity';
import { namedType } from './cost-directives.js';
import { limits } from './limits.js';

export interface Price {
  /** About how many values the answer holds, counted before it is made. */
  cost: number;
  /** Where most of it comes from, as a path of the answer. */
  dearest: string;
}

export type Variables = Readonly<Record<string, unknown>> | null | undefined;

/** Prices the one operation of a validated document. Throws the GraphQLError of arguments that cannot be read. */
export type Pricer = (document: DocumentNode, variables: Variables) => Price;

/** What `@cost` and `@listSize` say of a field. */
interface Declared {
  weight?: number;
  size?: number;
  slicing?: readonly string[];
  /** The fields below it that are as long as its page. */
  sized?: readonly string[];
}

/** The whole schema, however it is asked for: it is as long for everyone, and takes as long as a thousand values. */
const schemaCost = 1_000;
const typeCost = 20;

/**
 * The price of an operation is the number of values that its answer may hold: a leaf is 1, an object what is asked of it,
 * and a list multiplies: by its page where it has one, but for lists that are short by their nature, by the length of the
 * argument that it answers, else by the size that `@listSize` assumes. `@cost` adds to that; a connection's own covers `totalCount` and `pageInfo`.
 */
export function pricer(schema: GraphQLSchema, typeDefs: readonly DocumentNode[]): Pricer {
  const estimate = estimatorOf(typeDefs);
  return (document, variables) => {
    const scores: Scores = new Map();
    const fieldsOf = fieldsIn(document);
    const cost = getComplexity({
      schema,
      query: document,
      variables: { ...variables },
      estimators: [
        (field) => {
          const score = estimate(field, (names) =>
            fieldsOf(field.node.selectionSet)
              .filter(({ name }) => !names.includes(name.value))
              .reduce((sum, each) => sum + (scores.get(each) ?? 0), 0),
          );
          scores.set(field.node, score);
          return score;
        },
      ],
    });
    return { cost: Math.max(1, Math.ceil(cost)), dearest: dearestPath(document, scores, fieldsOf) };
  };
}

/** `beside` is what the selection costs but for fields of these names. */
type Estimate = (
  field: ComplexityEstimatorArgs,
  beside: (names: readonly string[]) => number,
) => ReturnType<ComplexityEstimator> & number;

function estimatorOf(typeDefs: readonly DocumentNode[]): Estimate {
  const { declared, sizedByParent, free } = declarations(typeDefs);

  function sizeOf(place: string, { field, args }: ComplexityEstimatorArgs): number {
    const { size, slicing = [] } = declared.get(place) ?? {};
    const pages = slicing.map((name) => args[name] as unknown).filter((value) => typeof value === 'number');
    const asked = pages.length > 0 ? Math.max(0, ...pages) : size;
    // A list that is short by its nature is so whatever page is asked for.
    if (asked !== undefined) return size !== undefined && size < limits.pageDefault ? Math.min(asked, size) : asked;
    if (!isListType(getNullableType(field.type)) || sizedByParent.has(place)) return 1;
    const given = Object.values(args).find((value) => Array.isArray(value)) as unknown[] | undefined;
    return given?.length ?? limits.pageDefault;
  }

  return (each, beside) => {
    const { type, field, childComplexity } = each;
    if (field.name === '__schema') return schemaCost;
    if (field.name === '__type') return typeCost;
    if (type.name.startsWith('__') || (field.name === '__typename' && free.has(type.name))) return 0;
    const place = `${type.name}.${field.name}`;
    const isLeaf = isLeafType(getNamedType(field.type));
    const { weight, sized } = declared.get(place) ?? {};
    const size = sizeOf(place, each);
    if (isLeaf) return (weight ?? 1) * size;
    // An object of which everything is left out is there all the same.
    if (weight === undefined) return size * Math.max(1, childComplexity);
    // What a connection tells beside its rows is there once.
    const once = sized === undefined ? 0 : beside(sized);
    return weight + once + size * (childComplexity - once);
  };
}

function declarations(typeDefs: readonly DocumentNode[]) {
  const declared = new Map<string, Declared>();
  const sizedByParent = new Set<string>();
  /** Types that only tell about a list. */
  const free = new Set<string>();
  for (const definition of typeDefs.flatMap(({ definitions }) => definitions)) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    const type = definition.name.value;
    for (const field of definition.fields ?? []) {
      const cost = directiveOf(field, 'cost');
      const list = directiveOf(field, 'listSize');
      if (!cost && !list) continue;
      const weight = cost && Number(cost['weight']);
      if (weight === 0) free.add(type);
      const sized = list?.['sizedFields'] as string[] | undefined;
      for (const name of sized ?? []) sizedByParent.add(`${namedType(field.type)}.${name}`);
      declared.set(`${type}.${field.name.value}`, {
        ...(weight !== undefined && { weight }),
        ...(list && { size: list['assumedSize'] as number, slicing: list['slicingArguments'] as string[] }),
        ...(sized && { sized }),
      });
    }
  }
  return { declared, sizedByParent, free };
}

function directiveOf(field: FieldDefinitionNode, name: string): Record<string, unknown> | undefined {
  const found = field.directives?.find((each) => each.name.value === name);
  return (
    found &&
    Object.fromEntries(found.arguments?.map((each) => [each.name.value, valueFromASTUntyped(each.value)]) ?? [])
  );
}

type Scores = ReadonlyMap<FieldNode, number> & Map<FieldNode, number>;

type FieldsOf = (set: SelectionSetNode | undefined) => FieldNode[];

/** The fields of a selection of a document, fragments written out. */
function fieldsIn({ definitions }: DocumentNode): FieldsOf {
  const fragments = new Map(
    definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each.selectionSet] as const] : [],
    ),
  );
  const fieldsOf: FieldsOf = (set) =>
    (set?.selections ?? []).flatMap((node) => {
      if (node.kind === Kind.FIELD) return [node];
      return fieldsOf(node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : fragments.get(node.name.value));
    });
  return fieldsOf;
}

/** From the root down, each time into the field that costs most, as far as there are objects. */
function dearestPath({ definitions }: DocumentNode, scores: Scores, fieldsOf: FieldsOf): string {
  const path: string[] = [];
  let set = definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)?.selectionSet;
  while (set) {
    const fields: FieldNode[] = fieldsOf(set).filter((field) => field.selectionSet || path.length === 0);
    const [first, ...others] = fields;
    if (!first) break;
    const dearest = others.reduce((a, b) => ((scores.get(b) ?? 0) > (scores.get(a) ?? 0) ? b : a), first);
    path.push((dearest.alias ?? dearest.name).value);
    set = dearest.selectionSet;
  }
  return path.join('.');
}

import {
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  getNullableType,
  getVariableValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isCompositeType,
  isListType,
  isUnionType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { declaredSizes, expectedRows, type DeclaredSizes } from './declared-sizes.js';
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

type Arguments = Readonly<Record<string, unknown>>;

interface Estimate {
  cost: number;
  /** From here down, each time into the field that costs most, as far as there are objects. */
  path: readonly string[];
}

/** The whole schema, however it is asked for: it is as long for everyone, and takes as long as a thousand values. */
const schemaCost = 1_000;
const typeCost = 20;
/** A mutation is a transaction of a dozen statements: beside its answer it costs as much as a page of records. */
const writeCost = 100;

/** What is known of an object beside its type. */
interface Known {
  /** The rows of its page. */
  rows?: number | undefined;
  /** The arguments of the field that answers with it: those lists in it that bear the name of one are made for its items. */
  asked?: Arguments;
  /** The item that it is made for: its `first` is how long the lists in it may be. */
  item?: Arguments;
}

/**
 * The price of an operation is the number of values that its answer is expected to hold: a leaf is 1, an object what is
 * asked of it, and a list multiplies, as `expectedRows` says where it comes in pages, else by the length of the argument that
 * it answers or by its usual length. A list that bears the name of an argument of the field above answers its items. `@cost` adds to that.
 */
export function pricer(schema: GraphQLSchema, typeDefs: readonly DocumentNode[]): Pricer {
  const sizes = declaredSizes(typeDefs);
  return (document, variables) => {
    const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
    const root = operation && schema.getRootType(operation.operation);
    if (!root) return { cost: 1, dearest: '' };
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], { ...variables });
    const fragments = new Map(
      document.definitions.flatMap((each) =>
        each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
      ),
    );
    const pricing = new Pricing(schema, sizes, fragments, coerced ?? {});
    const { cost, path } = pricing.ofObject(operation.selectionSet, root, [root.name]);
    return { cost: Math.max(1, Math.ceil(cost)), dearest: path.join('.') };
  };
}

/** Prices one operation, with its fragments and its coerced variables. */
class Pricing {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly sizes: DeclaredSizes,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {}

  /** What is asked of one object. It is of whichever of these types costs most. */
  ofObject(set: SelectionSetNode, type: GraphQLCompositeType, among: readonly string[], known: Known = {}): Estimate {
    const costs = new Map(among.map((name) => [name, 0]));
    let dearest: Estimate = { cost: -1, path: [] };
    this.eachField(set.selections, type, among, (node, parent, names) => {
      const estimate = this.ofField(node, parent, known);
      for (const name of names) costs.set(name, (costs.get(name) ?? 0) + estimate.cost);
      if (estimate.path.length > 0 && estimate.cost > dearest.cost) dearest = estimate;
    });
    return { cost: Math.max(0, ...costs.values()), path: dearest.path };
  }

  private ofField(node: FieldNode, parent: GraphQLCompositeType, known: Known): Estimate {
    const path = node.selectionSet ? [(node.alias ?? node.name).value] : [];
    const field = fieldOf(parent, node.name.value);
    const args = field.args.length > 0 ? getArgumentValues(field, node, this.variables) : {};
    if (field === SchemaMetaFieldDef) return { cost: schemaCost, path };
    if (field === TypeMetaFieldDef) return { cost: typeCost, path };
    const place = `${parent.name}.${field.name}`;
    const { weight = parent === this.schema.getMutationType() ? writeCost : undefined, ...size } =
      this.sizes.fields.get(place) ?? {};
    const type = getNamedType(field.type);
    if (!node.selectionSet || !isCompositeType(type))
      return { cost: (weight ?? 1) * lengthOf(field, args, size.usual), path };
    const page = size.slicing && expectedRows(size, args);
    const isList = isListType(getNullableType(field.type));
    const among = this.typesAskedFor(type, args);
    const { selectionSet } = node;
    const inside = (of: Known, length: number) => ({ length, ...this.ofObject(selectionSet, type, among, of) });
    const items = isList ? known.asked?.[field.name] : undefined;
    const rows = this.sizes.sizedByParent.has(place) ? (known.rows ?? 1) : isList || page === undefined ? page : 1;
    const parts = Array.isArray(items)
      ? items.map((item: Arguments) => inside({ item }, 1))
      : [inside(isList ? {} : { rows: page, asked: args }, rows ?? lengthOf(field, args, size.usual, known.item))];
    // An object of which everything is left out is there all the same.
    const costs = parts.map(({ length, cost }) => length * Math.max(1, cost));
    const dearest = parts.toSorted((one, other) => other.cost - one.cost)[0];
    return {
      cost: costs.reduce((sum, each) => sum + each, weight ?? 0),
      path: [...path, ...(dearest?.path ?? [])],
    };
  }

  private eachField(
    selections: readonly SelectionNode[],
    type: GraphQLCompositeType,
    among: readonly string[],
    take: (node: FieldNode, parent: GraphQLCompositeType, among: readonly string[]) => void,
  ): void {
    for (const node of selections) {
      if (this.isLeftOut(node)) continue;
      if (node.kind === Kind.FIELD) {
        take(node, type, among);
        continue;
      }
      const part = node.kind === Kind.INLINE_FRAGMENT ? node : this.fragments.get(node.name.value);
      if (!part) continue;
      const named = part.typeCondition && this.schema.getType(part.typeCondition.name.value);
      const inner = isCompositeType(named) ? named : type;
      const possible = this.typesOf(inner);
      const matching = among.filter((name) => possible.includes(name));
      this.eachField(part.selectionSet.selections, inner, matching, take);
    }
  }

  private isLeftOut(node: SelectionNode): boolean {
    if (!node.directives?.length) return false;
    return (
      getDirectiveValues(GraphQLSkipDirective, node, this.variables)?.['if'] === true ||
      getDirectiveValues(GraphQLIncludeDirective, node, this.variables)?.['if'] === false
    );
  }

  private typesOf(type: GraphQLCompositeType): readonly string[] {
    return isAbstractType(type) ? this.schema.getPossibleTypes(type).map(({ name }) => name) : [type.name];
  }

  /** The types that a field may answer with: ids that are asked for tell theirs, see `withIdPrefixes`. */
  private typesAskedFor(type: GraphQLCompositeType, args: Arguments): readonly string[] {
    const ids = [args['id'] ?? args['ids'] ?? []].flat();
    if (ids.length === 0 || !isAbstractType(type)) return this.typesOf(type);
    const prefixes = new Set<unknown>(ids.map((id) => String(id).split('_', 1)[0]));
    return this.typesOf(type).filter((name) => {
      const prefix = this.schema.getType(name)?.extensions['idPrefix'];
      return prefix === undefined || prefixes.has(prefix);
    });
  }
}

function fieldOf(parent: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return (isUnionType(parent) ? undefined : parent.getFields()[name]) ?? TypeNameMetaFieldDef;
}

/** How many values a list holds that has no pages, and anything else; `item` is what its object was asked for by. */
function lengthOf(
  { type }: GraphQLField<unknown, unknown>,
  args: Arguments,
  usual: number | undefined,
  item?: Arguments,
): number {
  const isList = isListType(getNullableType(type));
  if (isList && typeof item?.['first'] === 'number')
    return expectedRows({ ...(usual !== undefined && { usual }), slicing: ['first'] }, item);
  if (usual !== undefined) return usual;
  if (!isList) return 1;
  const given = Object.values(args).find((value) => Array.isArray(value)) as unknown[] | undefined;
  return given?.length ?? limits.pageDefault;
}

import {
  Kind,
  parseConstValue,
  visit,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type TypeNode,
} from 'graphql';
import { limits } from './limits.js';

/** How long lists usually are, by `Type.field`, or `*.field` for that field of every type but the root. */
export type ListSizes = Readonly<Record<string, number>>;

/** What a list with pages costs beside its rows, where that is more than its counts, by `Type.field`. */
export type Weights = Readonly<Record<string, number>>;

/** A list of which nothing is declared: values of a record, such as its other names. */
const usualSize = 2;

const directive = (name: string, values: Record<string, string>): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: name },
  arguments: Object.entries(values).map(([argument, value]) => ({
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: argument },
    value: parseConstValue(value),
  })),
});

export const namedType = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);

export const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type));

/**
 * Writes onto every list of a subgraph how long it is (IBM's GraphQL cost directives). A connection is as long as its page;
 * what it tells beside its rows is in its own weight. A list that is given as an argument is answered at its length.
 * Throws where a size is declared for what is no list.
 */
export function withCosts(document: DocumentNode, sizes: ListSizes, weights: Weights = {}): DocumentNode {
  const used = new Set<string>();

  function costsOf(type: string, field: FieldDefinitionNode): ConstDirectiveNode[] {
    const { name, type: returns, arguments: args = [] } = field;
    if (type === 'PageInfo' || (type.endsWith('Connection') && !isList(returns)))
      return [directive('cost', { weight: '0' })];
    const isOfPage = type.endsWith('Connection') && (name.value === 'nodes' || name.value === 'edges');
    if (isOfPage) return [];
    const slicing = args.filter((each) => each.name.value === 'first' || each.name.value === 'last');
    const hasPage = slicing.length > 0;
    if (!hasPage && (!isList(returns) || args.some((each) => isList(each.type)))) return [];
    const named = [`${type}.${name.value}`, ...(type === 'Query' ? [] : [`*.${name.value}`])];
    const key = named.find((each) => each in sizes || each in weights) ?? '';
    used.add(key);
    if (!hasPage) return [directive('listSize', { assumedSize: String(sizes[key] ?? usualSize) })];
    const page = {
      // A composer refuses it beside an argument with a default.
      ...(!slicing.some((each) => each.defaultValue) && { assumedSize: String(sizes[key] ?? limits.pageDefault) }),
      slicingArguments: JSON.stringify(slicing.map((each) => each.name.value)),
      ...(!isList(returns) && { sizedFields: '["nodes", "edges"]' }),
      requireOneSlicingArgument: 'false',
    };
    return [directive('cost', { weight: String(weights[key] ?? 2) }), directive('listSize', page)];
  }

  const written = visit(document, {
    ObjectTypeDefinition: (node) => ({
      ...node,
      fields: node.fields?.map((field) => ({
        ...field,
        directives: [...(field.directives ?? []), ...costsOf(node.name.value, field)],
      })),
    }),
  });
  const unknown = Object.keys({ ...sizes, ...weights }).filter((key) => !used.has(key));
  if (unknown.length > 0) throw new Error(`Sizes are declared of what is no list here: ${unknown.join(', ')}.`);
  return written;
}

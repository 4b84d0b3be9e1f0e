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

/** How long lists without pages are of which nothing is declared: most records have one of a kind, or none. */
const usually = { objects: 1, values: 2 };

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
 * Writes onto every list of a subgraph how long it usually is (IBM's GraphQL cost directives). A root list fills its page;
 * of a list below a record without a declared size nothing is said. A list that is given as an argument is answered at its
 * length. Throws where a size is declared for what is no list.
 */
export function withCosts(document: DocumentNode, sizes: ListSizes): DocumentNode {
  const used = new Set<string>();
  const objects = new Set(
    document.definitions.flatMap((each) => (each.kind === Kind.OBJECT_TYPE_DEFINITION ? [each.name.value] : [])),
  );

  function costsOf(type: string, field: FieldDefinitionNode): ConstDirectiveNode[] {
    const { name, type: returns, arguments: args = [] } = field;
    if (type.endsWith('Connection')) return [];
    const slicing = args.filter((each) => each.name.value === 'first' || each.name.value === 'last');
    const isConnection = slicing.length > 0;
    if (!isConnection && (!isList(returns) || args.some((each) => isList(each.type)))) return [];
    const key =
      [`${type}.${name.value}`, ...(type === 'Query' ? [] : [`*.${name.value}`])].find((each) => each in sizes) ?? '';
    used.add(key);
    if (!isConnection) {
      const usual = objects.has(namedType(returns)) ? usually.objects : usually.values;
      return [directive('listSize', { assumedSize: String(sizes[key] ?? usual) })];
    }
    const size = sizes[key] ?? (type === 'Query' ? limits.pageDefault : undefined);
    const page = {
      // A composer refuses it beside an argument with a default.
      ...(size !== undefined && !slicing.some((each) => each.defaultValue) && { assumedSize: String(size) }),
      slicingArguments: JSON.stringify(slicing.map((each) => each.name.value)),
      sizedFields: '["nodes", "edges"]',
      requireOneSlicingArgument: 'false',
    };
    return [directive('listSize', page)];
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
  const unknown = Object.keys(sizes).filter((key) => !used.has(key));
  if (unknown.length > 0) throw new Error(`Sizes are declared of what is no list here: ${unknown.join(', ')}.`);
  return written;
}

import { getNamedType, isObjectType, isRequiredArgument, type GraphQLObjectType, type GraphQLSchema } from 'graphql';

/** Keys of records that there are, by type: what arguments can be given so that something is found. */
export type GraphValues = Record<string, Partial<Record<'id' | 'slug' | 'code', string[]>>>;

type Ask = (query: string) => Promise<Record<string, { nodes: Record<string, string>[] } | null>>;

/** Reads the keys of the first hundred records of every root list. */
export async function valuesOf(schema: GraphQLSchema, ask: Ask): Promise<GraphValues> {
  const values: GraphValues = {};
  for (const list of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const node = nodeOf(getNamedType(list.type));
    const isOpen = !list.args.some(isRequiredArgument);
    if (!node || !isOpen || !list.args.some(({ name }) => name === 'first')) continue;
    const keys = (['id', 'slug', 'code'] as const).filter((key) => key in node.getFields());
    // Changes are no records, and have no key of their own.
    if (keys.length === 0) continue;
    const data = await ask(`{ ${list.name}(first: 100) { nodes { ${keys.join(' ')} } } }`);
    const found = data[list.name]?.nodes ?? [];
    // A list that answers a question may hold none of what another one holds.
    if (found.length < (values[node.name]?.id?.length ?? 0)) continue;
    values[node.name] = Object.fromEntries(keys.map((key) => [key, found.map((each) => String(each[key]))]));
  }
  return values;
}

/** The type of a connection's rows. */
export function nodeOf(type: unknown): GraphQLObjectType | undefined {
  const nodes = isObjectType(type) && type.name.endsWith('Connection') ? type.getFields()['nodes'] : undefined;
  const node = nodes && getNamedType(nodes.type);
  return isObjectType(node) ? node : undefined;
}

import { getNamedType, TypeInfo, visit, visitWithTypeInfo, type DocumentNode, type GraphQLSchema } from 'graphql';

/** Seconds that a shared cache may keep an answer, by the type that it holds. */
export type MaxAges = ReadonlyMap<string, number>;

/**
 * The `max-age` of an operation's answer: that of its most short-lived type, worked out once per document. Introspection
 * and operations without a known type get `fallback`.
 */
export function cachePolicy(schema: GraphQLSchema, maxAges: MaxAges, fallback = 60) {
  const known = new WeakMap<DocumentNode, number>();
  return (document: DocumentNode): number => {
    const before = known.get(document);
    if (before !== undefined) return before;
    const types = new TypeInfo(schema);
    let least = Number.POSITIVE_INFINITY;
    visit(
      document,
      visitWithTypeInfo(types, {
        Field: () => {
          const type = getNamedType(types.getType());
          least = Math.min(least, maxAges.get(type?.name ?? '') ?? least);
        },
      }),
    );
    const maxAge = Number.isFinite(least) ? least : fallback;
    known.set(document, maxAge);
    return maxAge;
  };
}

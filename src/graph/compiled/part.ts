import {
  getNamedType,
  getNullableType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isSpecifiedScalarType,
  type GraphQLLeafType,
  type GraphQLOutputType,
} from 'graphql';

/** What an answer holds: rows, items of its lists, and how many the longest list has that no page bounds. */
export interface Tally {
  rows: number;
  items: number;
  longest: number;
}

/** Makes the value of the answer out of what came from PostgreSQL. */
export type Complete = (value: unknown, tally: Tally) => unknown;

/** A value of the answer: SQL that makes it as JSON, and what is left to be done with it; null for nothing. */
export interface Part {
  sql: string;
  complete: Complete | null;
}

/** Thrown while an operation is compiled: it asks for something that is not declared. */
export class NotDeclared extends Error {}

/** Thrown while an answer is made: what came is not what a plain answer is made of. */
export class NotPlain extends Error {}

/** What completes a value of this type, null handled: `inner` completes one that is not. */
export function nullable(type: GraphQLOutputType, inner: Complete | null): Complete | null {
  if (isNonNullType(type))
    return (value, tally) => {
      if (value === null) throw new NotPlain();
      return inner ? inner(value, tally) : value;
    };
  return inner && ((value, tally) => (value === null ? null : inner(value, tally)));
}

/** What completes a list of this type, `item` what is in it. */
export function listOf(type: GraphQLOutputType, item: Complete | null): Complete {
  return nullable(type, (value, tally) => {
    const items = value as unknown[];
    tally.items += items.length;
    return item ? items.map((each) => item(each, tally)) : items;
  }) as Complete;
}

/** A scalar, an enum or a list of them. */
export function leaf(type: GraphQLOutputType, expression: string): Part {
  const named = getNamedType(type);
  const bare = getNullableType(type);
  if (!isLeafType(named)) throw new NotDeclared(`${named.name} is no leaf.`);
  if (!isListType(bare)) return { sql: asRead(named, expression), complete: nullable(type, serialized(named)) };
  const item = bare.ofType as GraphQLOutputType;
  if (isListType(getNullableType(item))) throw new NotDeclared('Lists in lists.');
  return { sql: expression, complete: listOf(type, nullable(item, serialized(named))) };
}

/** JSON as the reader of rows would give the value: texts in PostgreSQL's own form. */
const asRead = ({ name }: GraphQLLeafType, expression: string) =>
  ['Int', 'Float', 'Boolean'].includes(name) ? expression : `(${expression})::text`;

function serialized(type: GraphQLLeafType): Complete | null {
  if (isSpecifiedScalarType(type)) return null;
  if (!isEnumType(type)) return (value) => type.serialize(value);
  const names = new Map(type.getValues().map(({ name, value }) => [value as unknown, name]));
  return (value) => {
    const name = names.get(value);
    if (name === undefined) throw new NotPlain();
    return name;
  };
}

/** A text of ours or a name of GraphQL, as a literal. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

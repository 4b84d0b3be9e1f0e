import {
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';
import { listOf, NotDeclared, nullable, type Complete } from './part.js';
import type { Scope } from './scope.js';

/** What completes a value type that stands in a column as JSON: what is selected of it, in the order of the selection. */
export function valueOf(scope: Scope, type: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
  const bare = getNullableType(type);
  if (isListType(bare)) return listOf(type, valueOf(scope, bare.ofType as GraphQLOutputType, nodes));
  const named = getNamedType(type);
  if (isObjectType(named)) return nullable(type, object(scope, named, nodes)) as Complete;
  if (isLeafType(named)) return nullable(type, (value) => named.serialize(value)) as Complete;
  throw new NotDeclared(`${named.name} is no value type.`);
}

function object(scope: Scope, type: GraphQLObjectType, nodes: readonly FieldNode[]): Complete {
  if (scope.knowledge.fields(type.name)) throw new NotDeclared(`${type.name} is a record.`);
  const steps = scope.below(type, nodes).map((selected) => {
    const { name } = selected.definition;
    if (name === '__typename') return { key: selected.key, of: () => type.name };
    const source = scope.knowledge.source(type.name, name);
    if (source?.kind !== 'column' || source.column !== name) throw new NotDeclared(`${type.name}.${name}`);
    scope.refuseArguments(selected);
    const complete = valueOf(scope, selected.definition.type, selected.nodes);
    return {
      key: selected.key,
      of: (value: Record<string, unknown>, tally: Parameters<Complete>[1]) => complete(value[name] ?? null, tally),
    };
  });
  return (value, tally) =>
    Object.fromEntries(steps.map(({ key, of }) => [key, of(value as Record<string, unknown>, tally)]));
}

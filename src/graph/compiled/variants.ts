import { BREAK, Kind, visit, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import type { Knowledge } from './knowledge.js';

/**
 * The variables of an operation that are nothing but the key of a record that is asked for at the top: their values are
 * bound to the statement. Those of all others shape it.
 */
export function keyVariables(
  knowledge: Knowledge,
  document: DocumentNode,
  { selectionSet, name: own }: OperationDefinitionNode,
): Set<string> {
  const asKeys = new Map<string, number>();
  for (const field of selectionSet.selections) {
    if (field.kind !== Kind.FIELD) continue;
    const source = knowledge.source('Query', field.name.value);
    for (const { name, value } of field.arguments ?? [])
      if (value.kind === Kind.VARIABLE && source?.kind === 'find' && source.by.has(name.value))
        asKeys.set(value.name.value, (asKeys.get(value.name.value) ?? 0) + 1);
  }
  const uses = new Map<string, number>();
  visit(document, {
    VariableDefinition: () => false,
    OperationDefinition: ({ name }) => (name?.value === own?.value ? undefined : false),
    Variable: ({ name: { value } }) => void uses.set(value, (uses.get(value) ?? 0) + 1),
  });
  return new Set([...asKeys].flatMap(([name, times]) => (uses.get(name) === times ? [name] : [])));
}

/** Whether any field of a document is asked with a filter or a place in a list: what that makes is not kept. */
export function hasFilters(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Argument: ({ name, value }) => {
      if (!['where', 'after', 'before'].includes(name.value) || value.kind === Kind.NULL) return undefined;
      found = true;
      return BREAK;
    },
  });
  return found;
}

import { Kind, visit, type DocumentNode, type OperationDefinitionNode } from 'graphql';
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

const filters = new Set(['where', 'after', 'before']);

/**
 * The variables by which lists of a document are narrowed, or begun at a place: what they make is not kept, so they must be
 * null. Null instead of them where the document itself does that.
 */
export function filterVariables(document: DocumentNode): Set<string> | null {
  const found = new Set<string>();
  let isOpen = true;
  visit(document, {
    Argument: ({ name, value }) => {
      if (!filters.has(name.value)) return;
      if (value.kind === Kind.VARIABLE) found.add(value.name.value);
      else if (value.kind !== Kind.NULL) isOpen = false;
    },
  });
  return isOpen ? found : null;
}

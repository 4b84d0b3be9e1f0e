import { Kind, parse, print, validate, visit, type ASTNode, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { RandomOperation } from './random-operation.js';

const removable = new Set<string>([
  Kind.FIELD,
  Kind.INLINE_FRAGMENT,
  Kind.FRAGMENT_SPREAD,
  Kind.DIRECTIVE,
  Kind.ARGUMENT,
]);

/**
 * The smallest operation, by leaving out one part after the other, of which `isStill` holds; what remains is valid.
 * `isStill` must hold of the operation itself.
 */
export async function shrink(
  schema: GraphQLSchema,
  operation: RandomOperation,
  isStill: (smaller: RandomOperation) => Promise<boolean>,
): Promise<RandomOperation> {
  let smallest = operation;
  // Whole branches go first: parts stand in the order of the document.
  for (let part = 0; ;) {
    const document = without(parse(smallest.query, { noLocation: true }), part);
    if (document === null) return smallest;
    const smaller = { query: print(document), variables: variablesOf(document, smallest.variables) };
    const isValid = !isEmpty(document) && validate(schema, document).length === 0;
    if (isValid && (await isStill(smaller))) smallest = smaller;
    else part += 1;
  }
}

const isEmpty = ({ definitions }: DocumentNode) =>
  definitions.some((each) => 'selectionSet' in each && each.selectionSet.selections.length === 0);

/** The document without its n-th part that can be left out, and without what nothing needs then. Null past the last. */
function without(document: DocumentNode, n: number): DocumentNode | null {
  let count = 0;
  let isFound = false;
  const reduced = visit(document, {
    enter: (node: ASTNode) => {
      if (!removable.has(node.kind)) return undefined;
      isFound ||= count === n;
      count += 1;
      return count - 1 === n ? null : undefined;
    },
  });
  return isFound ? tidy(reduced) : null;
}

function tidy(document: DocumentNode): DocumentNode {
  // A selection that became empty takes its field with it.
  const filled = visit(document, {
    leave: (node: ASTNode) =>
      'selectionSet' in node && node.selectionSet?.selections.length === 0 && node.kind !== Kind.OPERATION_DEFINITION
        ? null
        : undefined,
  });
  const spread = namesOf(filled, Kind.FRAGMENT_SPREAD);
  const definitions = filled.definitions.filter(
    (each) => each.kind !== Kind.FRAGMENT_DEFINITION || spread.has(each.name.value),
  );
  const needed = { ...filled, definitions };
  const used = namesOf(visit(needed, { VariableDefinition: () => null }), Kind.VARIABLE);
  return visit(needed, { VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null) });
}

function namesOf(document: DocumentNode, kind: Kind.FRAGMENT_SPREAD | Kind.VARIABLE): Set<string> {
  const names = new Set<string>();
  visit(document, { [kind]: (node: { name: { value: string } }) => void names.add(node.name.value) });
  return names;
}

function variablesOf(document: DocumentNode, variables: Record<string, unknown>): Record<string, unknown> {
  const used = namesOf(document, Kind.VARIABLE);
  return Object.fromEntries(Object.entries(variables).filter(([name]) => used.has(name)));
}

/**
 * The fields of an operation with nothing below them: few when it is small. How many lines lead to them follows from the data,
 * which differ from run to run.
 */
export function leavesIn(query: string): string[] {
  const leaves: string[] = [];
  visit(parse(query), { Field: ({ name, selectionSet }) => void (selectionSet ?? leaves.push(name.value)) });
  return leaves;
}

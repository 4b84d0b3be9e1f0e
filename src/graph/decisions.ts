import {
  getNamedType,
  GraphQLError,
  isAbstractType,
  isCompositeType,
  isUnionType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Viewer } from './context.js';
import type { ErrorCode } from './errors.js';

export type Role = Viewer['role'];

/** Who may ask for a field of a type; undefined: everyone. */
export type Decide = (type: string, field: string) => readonly Role[] | undefined;

/** A field of an operation that not everyone may ask for. */
export interface Restricted {
  /** `Type.field`. */
  coordinate: string;
  roles: readonly Role[];
  node: FieldNode;
}

/** Fields told of one operation: one is enough to mend it, a thousand are no answer. */
const mostTold = 10;

/**
 * The fields of a validated operation, fragments and all, that `role` may not ask for, as errors. What `@skip` and
 * `@include` leave out counts: nobody has to know how an executor reads them.
 */
export function decisions(schema: GraphQLSchema, decide: Decide) {
  const known = new WeakMap<OperationDefinitionNode, readonly Restricted[]>();
  return (document: DocumentNode, operation: OperationDefinitionNode, role: Role): GraphQLError[] => {
    let restricted = known.get(operation);
    if (!restricted) known.set(operation, (restricted = restrictedIn({ schema, decide, document, operation })));
    return restricted
      .filter(({ roles }) => !roles.includes(role))
      .slice(0, mostTold)
      .map((each) => refusalOf(each, role));
  };
}

function refusalOf({ coordinate, roles, node }: Restricted, role: Role): GraphQLError {
  const code: ErrorCode = role === 'ANONYMOUS' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
  const needed = `\`${coordinate}\` is for ${roles.join(', ')}`;
  const remedy =
    role === 'ANONYMOUS'
      ? 'Sign in with `Authorization: Bearer …`, or leave it out.'
      : `You are ${role}: leave it out, or sign in as somebody else.`;
  return new GraphQLError(`${needed}. ${remedy}`, { nodes: node, extensions: { code } });
}

interface Asked {
  schema: GraphQLSchema;
  decide: Decide;
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

/** Each fragment is walked once: what it asks for does not hang on where it is spread. */
function restrictedIn({ schema, decide, document, operation }: Asked): Restricted[] {
  const fragments = new Map(
    document.definitions.flatMap((each): [string, FragmentDefinitionNode][] =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [],
    ),
  );
  const found = new Map<string, Restricted>();

  function look(node: FieldNode, parent: GraphQLCompositeType): void {
    const field = node.name.value;
    // An object in an abstract place is of any of its types.
    const types = isAbstractType(parent) ? [parent, ...schema.getPossibleTypes(parent)] : [parent];
    for (const { name } of types) {
      const roles = decide(name, field);
      const coordinate = `${name}.${field}`;
      if (roles && !found.has(coordinate)) found.set(coordinate, { coordinate, roles, node });
    }
    const below = isUnionType(parent) ? undefined : parent.getFields()[field];
    const type = below && getNamedType(below.type);
    if (node.selectionSet && isCompositeType(type)) walk(node.selectionSet, type);
  }

  function walk({ selections }: SelectionSetNode, parent: GraphQLCompositeType): void {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) {
        look(node, parent);
        continue;
      }
      const part = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
      if (node.kind === Kind.FRAGMENT_SPREAD) fragments.delete(node.name.value);
      const on = part?.typeCondition && schema.getType(part.typeCondition.name.value);
      if (part) walk(part.selectionSet, isCompositeType(on) ? on : parent);
    }
  }

  const root = schema.getRootType(operation.operation);
  if (root) walk(operation.selectionSet, root);
  return [...found.values()];
}

import { Kind, parse, type DocumentNode, type FieldNode, type SelectionSetNode } from 'graphql';

/** What a fetch sends, read once. */
export interface FetchDocument {
  document: DocumentNode;
  /** The response names of the operation's fields, each with those of the fields selected in it, in whatever fragments. */
  fields: ReadonlyMap<string, readonly string[]>;
  /** The response names of its lists of entities, each with the variable that holds their representations. */
  entities: ReadonlyMap<string, string>;
}

export function fetchDocument(document: DocumentNode): FetchDocument {
  const fields = new Map<string, string[]>();
  const entities = new Map<string, string>();
  for (const field of fieldsIn(document, rootOf(document))) {
    const name = responseName(field);
    fields.set(name, [...(fields.get(name) ?? []), ...fieldsIn(document, field.selectionSet).map(responseName)]);
    const [argument] = field.arguments ?? [];
    if (field.name.value === '_entities' && argument?.value.kind === Kind.VARIABLE)
      entities.set(name, argument.value.name.value);
  }
  return { document, fields, entities };
}

const known = new WeakMap<object, FetchDocument>();

export function documentOf(fetch: { operation: string }): FetchDocument {
  const before = known.get(fetch);
  if (before) return before;
  const made = fetchDocument(parse(fetch.operation, { noLocation: true }));
  known.set(fetch, made);
  return made;
}

const responseName = ({ alias, name }: FieldNode) => (alias ?? name).value;

function fieldsIn(document: DocumentNode, set: SelectionSetNode | undefined): FieldNode[] {
  return (set?.selections ?? []).flatMap((selection): FieldNode[] => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsIn(document, selection.selectionSet);
    const fragment = document.definitions.find(
      (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value,
    );
    return fragment && 'selectionSet' in fragment ? fieldsIn(document, fragment.selectionSet) : [];
  });
}

const rootOf = ({ definitions }: DocumentNode): SelectionSetNode | undefined =>
  definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)?.selectionSet;

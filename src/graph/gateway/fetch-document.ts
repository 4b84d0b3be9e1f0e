import { Kind, parse, type DocumentNode, type SelectionSetNode } from 'graphql';

/** What a fetch sends, read once. */
export interface FetchDocument {
  document: DocumentNode;
  /** The response names of the operation's fields, each with those of the fields selected in it, in whatever fragments. */
  fields: ReadonlyMap<string, readonly string[]>;
}

const known = new WeakMap<object, FetchDocument>();

export function documentOf(fetch: { operation: string }): FetchDocument {
  const before = known.get(fetch);
  if (before) return before;
  const document = parse(fetch.operation, { noLocation: true });
  const fields = new Map<string, string[]>();
  for (const { name, below } of selected(document))
    fields.set(name, [...(fields.get(name) ?? []), ...selected(document, below).map((each) => each.name)]);
  const made = { document, fields };
  known.set(fetch, made);
  return made;
}

interface Selected {
  name: string;
  below: SelectionSetNode | undefined;
}

function selected(document: DocumentNode, set = rootOf(document)): Selected[] {
  return (set?.selections ?? []).flatMap((selection): Selected[] => {
    if (selection.kind === Kind.FIELD)
      return [{ name: (selection.alias ?? selection.name).value, below: selection.selectionSet ?? none }];
    if (selection.kind === Kind.INLINE_FRAGMENT) return selected(document, selection.selectionSet);
    const fragment = document.definitions.find(
      (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value,
    );
    return selected(document, fragment && 'selectionSet' in fragment ? fragment.selectionSet : none);
  });
}

const none: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [] };

const rootOf = ({ definitions }: DocumentNode): SelectionSetNode | undefined =>
  definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)?.selectionSet;

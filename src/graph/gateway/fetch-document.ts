import { Kind, parse, type DocumentNode, type FieldNode, type SelectionSetNode } from 'graphql';

/** The response names of a selection, in whatever fragments, each with what is selected in it; a leaf has none. */
export interface Selected extends ReadonlyMap<string, Selected> {}

/** What a fetch sends, read once. */
export interface FetchDocument {
  document: DocumentNode;
  fields: Selected;
  /** The response names of its lists of entities, each with the variable that holds their representations. */
  entities: ReadonlyMap<string, string>;
}

export function fetchDocument(document: DocumentNode): FetchDocument {
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  const root = operation ? [operation.selectionSet] : [];
  const lists = fieldsIn(document, root).filter(({ name }) => name.value === '_entities');
  const entities = lists.flatMap((field): [string, string][] => {
    const representations = field.arguments?.[0]?.value;
    return representations?.kind === Kind.VARIABLE ? [[responseName(field), representations.name.value]] : [];
  });
  return { document, fields: selected(document, root), entities: new Map(entities) };
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

function selected(document: DocumentNode, sets: readonly SelectionSetNode[]): Selected {
  const byName = Map.groupBy(fieldsIn(document, sets), responseName);
  return new Map(
    [...byName].map(([name, fields]) => {
      const below = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
      return [name, selected(document, below)] as const;
    }),
  );
}

function fieldsIn(document: DocumentNode, sets: readonly SelectionSetNode[]): FieldNode[] {
  return sets
    .flatMap(({ selections }) => selections)
    .flatMap((selection): FieldNode[] => {
      if (selection.kind === Kind.FIELD) return [selection];
      if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsIn(document, [selection.selectionSet]);
      const fragment = document.definitions.find(
        (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value,
      );
      return fragment && 'selectionSet' in fragment ? fieldsIn(document, [fragment.selectionSet]) : [];
    });
}

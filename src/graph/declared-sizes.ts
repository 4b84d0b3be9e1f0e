import { Kind, valueFromASTUntyped, type DocumentNode, type FieldDefinitionNode } from 'graphql';
import { namedType } from './cost-directives.js';
import { limits } from './limits.js';

/** What `@cost` and `@listSize` say of a field. */
export interface DeclaredSize {
  weight?: number;
  /** How long the list usually is. */
  usual?: number;
  /** The arguments that ask for a page: those lists that come in pages have them. */
  slicing?: readonly string[];
}

export interface DeclaredSizes {
  /** By `Type.field`. */
  fields: ReadonlyMap<string, DeclaredSize>;
  /** The lists, by `Type.field`, that are as long as the page that their parent was asked for. */
  sizedByParent: ReadonlySet<string>;
}

/** Reads the directives of subgraphs. */
export function declaredSizes(typeDefs: readonly DocumentNode[]): DeclaredSizes {
  const fields = new Map<string, DeclaredSize>();
  const sizedByParent = new Set<string>();
  for (const definition of typeDefs.flatMap(({ definitions }) => definitions)) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    for (const field of definition.fields ?? []) {
      const cost = argumentsOf(field, 'cost');
      const list = argumentsOf(field, 'listSize');
      if (!cost && !list) continue;
      for (const sized of (list?.['sizedFields'] ?? []) as string[])
        sizedByParent.add(`${namedType(field.type)}.${sized}`);
      const [usual, slicing] = [list?.['assumedSize'], list?.['slicingArguments']];
      fields.set(`${definition.name.value}.${field.name.value}`, {
        // A partner's subgraph must not make cheaper what is asked beside it.
        ...(cost && { weight: Math.max(0, Number(cost['weight'])) }),
        ...(typeof usual === 'number' && { usual: Math.max(1, usual) }),
        ...(slicing !== undefined && { slicing: slicing as string[] }),
      });
    }
  }
  return { fields, sizedByParent };
}

function argumentsOf(field: FieldDefinitionNode, directive: string): Record<string, unknown> | undefined {
  const found = field.directives?.find(({ name }) => name.value === directive);
  return (
    found &&
    Object.fromEntries((found.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]))
  );
}

/** Rows of a list of which nothing is known, where no page is asked for. */
const unknownRows = 8;

/**
 * How many rows of a list in pages are expected: as many as usual, but at least half the page that is asked for by number,
 * for whoever asks for many may get them. A list that is longer than any page is as long as its page.
 */
export function expectedRows({ usual, slicing = [] }: DeclaredSize, args: Readonly<Record<string, unknown>>): number {
  const pages = slicing.map((name) => args[name]).filter((value) => typeof value === 'number');
  const asked = pages.length > 0 ? Math.max(0, ...pages) : undefined;
  if (asked === undefined) return usual ?? unknownRows;
  if (usual === undefined) return asked / 2;
  return usual >= limits.pageDefault ? asked : Math.max(Math.min(asked, usual), asked / 2);
}

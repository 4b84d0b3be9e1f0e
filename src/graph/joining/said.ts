import { getLocation, Kind, type ASTNode } from 'graphql';

/** A place in an SDL file, counted from 1, and what stands there. */
export interface Place {
  file: string;
  line: number;
  column: number;
  text: string;
}

/** What is found in the SDL of a subgraph that would join. */
export interface Said {
  /** A fault keeps the subgraph out; a warning does not. */
  level: 'fault' | 'warning';
  message: string;
  /** How to mend it. */
  mend: string;
  /** Where it stands in the partner's file. */
  theirs?: Place;
  /** What it runs into in one of ours. */
  ours?: Place;
}

/** What a stack overflow means: recursion goes as deep as the SDL does. */
export const endless = 'It leads back to itself without end, or is nested too deeply.';

/** Where a node stands; undefined for one that was not parsed from a file. */
export function placeOf(node: ASTNode | undefined): Place | undefined {
  if (!node?.loc) return undefined;
  // A description is a part of its definition: the name is what a reader looks for.
  const isNamed = node.kind !== Kind.DIRECTIVE && 'name' in node && node.name !== undefined;
  const at = isNamed ? (node.name?.loc ?? node.loc) : node.loc;
  return placeAt(at.source, at.start);
}

/** The place of an offset. */
export function placeAt(source: { body: string; name: string }, offset: number): Place {
  const { line, column } = getLocation(source as Parameters<typeof getLocation>[0], offset);
  const text = (source.body.split(/\r\n|[\n\r]/)[line - 1] ?? '').trim();
  return { file: source.name, line, column, text: told(text, 120) };
}

/** A foreign text as it may be shown on a terminal: one line without control characters, at most `length` characters. */
export function told(text: string, length = 200): string {
  const line = text
    .slice(0, 4 * length)
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

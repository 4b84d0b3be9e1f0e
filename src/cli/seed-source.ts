import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';

/** Where a value stands in an entry. */
export type Path = readonly PropertyKey[];

/** A seed file as read. Lines count from 1. */
export interface Source {
  file: string;
  entries: unknown[];
  /** What keeps the file from being read as a whole. */
  faults: { line: number; reason: string }[];
  /** The line of a value of an entry, or of what is nearest to it where it is missing. */
  lineOf(entry: number, path: Path): number;
}

/** Reads `.tsv` (an entry a line below a header) or YAML (a list of entries; a mapping is one entry). */
export async function readSource(directory: string, file: string): Promise<Source> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(join(directory, file)));
    return file.endsWith('.tsv') ? readTable(file, text) : readYaml(file, text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const reasons: Record<string, string> = {
      ENOENT: 'There is no such file. Put it back.',
      ERR_ENCODING_INVALID_ENCODED_DATA: 'It is not in UTF-8. Save it in that encoding.',
    };
    const reason = reasons[String(code)];
    if (reason === undefined) throw error;
    return { file, entries: [], faults: [{ line: 1, reason }], lineOf: () => 1 };
  }
}

function readTable(file: string, text: string): Source {
  const [header = '', ...rows] = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const names = header.split('\t');
  const entries = rows.map((row) => {
    const cells = row.split('\t').map((cell, index) => [names[index] ?? `column ${index + 1}`, cell] as const);
    return Object.fromEntries(cells.filter(([, cell]) => cell !== ''));
  });
  return { file, entries, faults: [], lineOf: (entry) => entry + 2 };
}

function readYaml(file: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  // What the parser says after a fault of syntax follows from it as a rule.
  const broken = document.errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  const told = broken ? [broken] : [...document.errors, ...document.warnings];
  const faults = told.map(({ message, pos }) => ({
    line: lineAt(pos[0]),
    reason: `It is not YAML as we read it: ${message}.`,
  }));
  visit(document, {
    Alias: (_, { range }) =>
      void faults.push({
        line: lineAt(range?.[0] ?? 0),
        reason: 'A value that stands elsewhere is not looked up. Write it out, or put it in quotes.',
      }),
  });
  const { contents } = document;
  const items = isSeq(contents) ? contents.items : contents === null ? [] : [contents];
  const entries = faults.length > 0 ? [] : items.map((item) => (isNode(item) ? item.toJS(document) : item) as unknown);
  return { file, entries, faults, lineOf: (entry, path) => lineAt(offsetOf(items[entry], path)) };
}

/** The offset of the key or list item at the path, or of the last one on the way that is there. */
function offsetOf(item: unknown, path: Path): number {
  let node = item;
  let offset = isNode(item) ? (item.range?.[0] ?? 0) : 0;
  for (const step of path) {
    let at: unknown;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      [at, node] = [pair?.key, pair?.value];
    } else if (isSeq(node)) at = node = node.items[Number(step)];
    if (!isNode(at)) break;
    offset = at.range?.[0] ?? offset;
  }
  return offset;
}

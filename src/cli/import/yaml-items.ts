import { isScalar, parseDocument, visit } from 'yaml';
import { ImportError } from './import-error.js';
import type { Item } from './json-items.js';

const longest = 32 << 20;

/** Cuts a YAML list into the texts of its items, which begin with `- ` at the first column, part by part. */
export class YamlItems {
  private rest = '';
  private item: string[] = [];
  private size = 0;
  private number = 0;
  private line = 0;

  *read(part: string, isLast = false): Generator<Item> {
    const lines = (this.rest + part).split(/\r?\n/);
    this.rest = isLast ? '' : (lines.pop() ?? '');
    for (const line of lines) {
      this.line += 1;
      const begins = line.startsWith('- ') || line === '-';
      if (begins) {
        yield* this.end();
        this.number += 1;
      } else if (/^[^\s#]/.test(line) && !/^(---|\.\.\.)\s*$/.test(line) && line !== '\ufeff')
        throw new ImportError(
          `At line ${this.line}: Expected a list, each row of which begins with '- ' at the beginning of a line. Found: '${line.slice(0, 60)}'.`,
        );
      if (this.number > 0 && !/^(---|\.\.\.)\s*$/.test(line)) this.item.push(line);
      this.size += line.length;
      if (this.size > longest)
        throw new ImportError(`At row ${this.number}: Expected its end. Found: more than 32 MB.`);
    }
    if (isLast) yield* this.end();
  }

  private *end(): Generator<Item> {
    if (this.number > 0) yield { number: this.number, text: this.item.join('\n') };
    this.item = [];
    this.size = 0;
  }
}

/** An item's value; a number that would not be what was written is its text. Throws a SyntaxError. */
export function parseYamlItem(text: string): unknown {
  const document = parseDocument(text, { prettyErrors: false });
  const [fault] = document.errors;
  if (fault) throw new SyntaxError(fault.message);
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'number' && isScalar(node) && String(node.value) !== node.source)
        node.value = node.source;
    },
  });
  const list = document.toJS() as unknown;
  return Array.isArray(list) ? (list as unknown[])[0] : list;
}

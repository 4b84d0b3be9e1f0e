import { ImportError } from './import-error.js';

export interface Item {
  /** From 1. */
  number: number;
  /** As it stands in the file. */
  text: string;
}

/** More characters are no row. */
const longest = 32 << 20;

const isSpace = (code: number) => code === 32 || code === 10 || code === 13 || code === 9 || code === 0xfeff;

/** Cuts a JSON array into the texts of its items, part by part; their inside is left to JSON.parse. */
export class JsonItems {
  private text = '';
  private at = 0;
  private depth = 0;
  private inString = false;
  private number = 0;
  private state: 'before' | 'first' | 'value' | 'item' | 'next' | 'after' = 'before';

  *read(part: string, isLast = false): Generator<Item> {
    this.text += part;
    for (;;) {
      if (this.state === 'item') {
        const end = this.endOfItem();
        if (end === null) break;
        yield { number: this.number, text: this.text.slice(0, end).trimEnd() };
        this.forget(end);
        this.state = 'next';
      } else if (!this.step()) break;
    }
    if (this.state === 'item' && this.text.length > longest) this.fail('an end of the item', 'more than 32 MB');
    if (isLast && this.state !== 'after') this.fail('the end of the list, a ]', 'the end of the file: it is cut off');
  }

  /** What stands between items; false where the text ends. */
  private step(): boolean {
    while (isSpace(this.text.charCodeAt(this.at))) this.at += 1;
    const mark = this.text[this.at];
    if (mark === undefined) {
      this.forget(this.at);
      return false;
    }
    if (this.state === 'after') this.fail('the end of the file after the list', mark);
    else if (this.state === 'before') {
      if (mark !== '[') this.fail('a list of rows, beginning with [', mark);
      this.state = 'first';
    } else if (mark === ']' && this.state !== 'value') this.state = 'after';
    else if (this.state === 'next') {
      if (mark !== ',') this.fail('a comma or ] after the item', mark);
      this.state = 'value';
    } else {
      if (mark === ']' || mark === ',') this.fail('an item', mark);
      this.forget(this.at);
      this.number += 1;
      this.state = 'item';
      return true;
    }
    this.at += 1;
    return true;
  }

  /** Where the item ends whose text begins the text; null where that is not read yet. */
  private endOfItem(): number | null {
    const { text } = this;
    for (; this.at < text.length; this.at++) {
      const code = text.charCodeAt(this.at);
      if (this.inString) {
        if (code === 92) this.at += 1;
        else if (code === 34) this.inString = false;
        continue;
      }
      if (code === 34) this.inString = true;
      else if (code === 123 || code === 91) this.depth += 1;
      else if (code === 125 || code === 93) {
        if (this.depth === 0) return this.at;
        this.depth -= 1;
        if (this.depth === 0) return this.at + 1;
      } else if (code === 44 && this.depth === 0) return this.at;
    }
    return null;
  }

  private forget(end: number): void {
    this.text = this.text.slice(end);
    this.at = 0;
  }

  private fail(expected: string, found: string): never {
    const row = this.number === 0 ? 'the beginning' : `row ${this.number}`;
    throw new ImportError(`At ${row}: Expected ${expected}. Found: ${found}.`);
  }
}

/** Numbers that JavaScript cannot hold as they are written. */
const inexact = /\d{16}|\d[eE]/;

/** An item's value; a number that would not be what was written is its text. Throws a SyntaxError. */
export function parseItem(text: string): unknown {
  if (!inexact.test(text)) return JSON.parse(text) as unknown;
  const asWritten = (_: string, value: unknown, ...[context]: { source?: string }[]) =>
    typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
      ? context.source
      : value;
  return JSON.parse(text, asWritten as (key: string, value: unknown) => unknown) as unknown;
}

import { hash } from 'node:crypto';

/** 64 bits of a text as two numbers, and 32 of another. */
function printOf(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

/**
 * Which records this run has met, and what the first row said of each: twelve bytes a record in typed arrays, for a file may
 * tell of ten million. Two of them share 64 bits of a hash once in 300,000 such files.
 */
export class SeenRecords {
  private slots = 1 << 12;
  private table = new Uint32Array(this.slots * 3);
  private used = 0;

  /** The print of what was said of a record; undefined of one that was not met. */
  said(identity: string): number | undefined {
    const at = this.slotOf(printOf(identity));
    return this.table[at] === 0 ? undefined : this.table[at + 2];
  }

  add(identity: string, said: number): void {
    if (this.used * 10 > this.slots * 6) this.grow();
    const print = printOf(identity);
    const at = this.slotOf(print);
    if (this.table[at] === 0) this.used += 1;
    this.table.set([headOf(print), print.readUInt32LE(4), said], at);
  }

  /** Where the record stands, or would. */
  private slotOf(print: Buffer): number {
    return this.find(headOf(print), print.readUInt32LE(4));
  }

  private find(head: number, tail: number): number {
    for (let slot = (head ^ tail) >>> 0; ; slot++) {
      const at = (slot & (this.slots - 1)) * 3;
      if (this.table[at] === 0 || (this.table[at] === head && this.table[at + 1] === tail)) return at;
    }
  }

  private grow(): void {
    const old = this.table;
    this.slots *= 2;
    this.table = new Uint32Array(this.slots * 3);
    for (let at = 0; at < old.length; at += 3)
      if (old[at] !== 0) this.table.set(old.subarray(at, at + 3), this.find(old[at] as number, old[at + 1] as number));
  }
}

/** Never 0, which means an empty slot. */
const headOf = (print: Buffer): number => print.readUInt32LE(0) || 1;

/** 32 bits of what a row says of a record. */
export const contentOf = (entry: unknown): number => printOf(JSON.stringify(entry)).readUInt32LE(0);

/** What the first rows said of the records that were met first, to tell what differs: of as many as `characters` hold. */
export class FirstSaid {
  private readonly entries = new Map<string, Record<string, unknown>>();
  private characters = 1_000_000;

  get(identity: string): Record<string, unknown> | undefined {
    return this.entries.get(identity);
  }

  add(identity: string, entry: Record<string, unknown>): void {
    if (this.characters <= 0) return;
    this.characters -= JSON.stringify(entry).length;
    this.entries.set(identity, entry);
  }
}

import { sql, type RawBuilder } from 'kysely';

/** Documents whose postings of a term are kept together, by the bits of their ids that differ. */
const bits = 10;
export const blockOf = (document: number): number => document >> bits;
const placeOf = (document: number): number => document & ((1 << bits) - 1);

/** Impacts are whole numbers of two bytes, so many times as great; the greatest is less than 4 (`k1` in `entry.ts`). */
const scale = 16_384;
export const quantised = (impact: number): number => Math.max(1, Math.min(0xff_ff, Math.round(impact * scale)));

/** A posting: the place of a document in its block, and the impact, of two bytes each. */
const size = 4;

/** The postings of a term in one block. */
export interface Block {
  term: number;
  /** The id of the first document that may be in it. */
  first: number;
  postings: Buffer;
}

/** Blocks as one value of a statement, over rows `p` of the table of postings. */
export const packed: RawBuilder<Buffer | null> = sql`string_agg(
  int4send(p.term) || int4send(p.block) || int4send(octet_length(p.postings)) || p.postings, '')`;

export function* blocksIn(all: Buffer | null): Generator<Block> {
  const head = 12;
  for (let at = 0; all !== null && at < all.length;) {
    const from = at + head;
    const to = from + all.readInt32BE(at + 8);
    yield { term: all.readInt32BE(at), first: all.readInt32BE(at + 4) << bits, postings: all.subarray(from, to) };
    at = to;
  }
}

/** Every document of a block, and how much the term says of it. */
export function forEachIn({ first, postings }: Block, visit: (document: number, impact: number) => void): void {
  for (let at = 0; at < postings.length; at += size)
    visit(first + postings.readUInt16BE(at), postings.readUInt16BE(at + 2) / scale);
}

/** A block with other impacts for some documents; of 0 for those that do not have the term any more. */
export function edited(former: Buffer | undefined, changes: ReadonlyMap<number, number>): Buffer {
  const impacts = new Uint16Array(1 << bits);
  for (let at = 0; former !== undefined && at < former.length; at += size)
    impacts[former.readUInt16BE(at)] = former.readUInt16BE(at + 2);
  for (const [document, impact] of changes) impacts[placeOf(document)] = impact;
  const postings = Buffer.allocUnsafe(impacts.length * size);
  let end = 0;
  impacts.forEach((impact, place) => {
    if (impact === 0) return;
    postings.writeUInt16BE(place, end);
    postings.writeUInt16BE(impact, end + 2);
    end += size;
  });
  return postings.subarray(0, end);
}

import { sql, type RawBuilder } from 'kysely';

/** Documents whose postings of a term are kept together, by the bits of their ids that differ: all fit on a page. */
const bits = 9;
export const blockOf = (document: number): number => document >> bits;
const placeOf = (document: number): number => document & ((1 << bits) - 1);

/** Impacts are whole numbers of two bytes, so many times as great; the greatest is less than 4 (`k1` in `entry.ts`). */
const scale = 16_384;
export const quantised = (impact: number): number => Math.max(1, Math.min(0xff_ff, Math.round(impact * scale)));

/** What a term says of a document: how much, and by which words it is followed there. */
export interface Said {
  impact: number;
  /** A bit for each word that follows (`followedBy`). */
  followers: number;
}

/** One of 32 bits for a word: few words share one, so that most documents without two words side by side are told by it. */
export function followedBy(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash, 31) + word.charCodeAt(at);
  return (1 << ((hash ^ (hash >>> 16)) & 31)) >>> 0;
}

/** A posting: the place of a document in its block, and the impact, of two bytes each; beside it the followers, of four. */
const size = 4;

/** Something of the postings of a term in one block. */
export interface Block {
  term: number;
  /** The id of the first document that may be in it. */
  first: number;
  bytes: Buffer;
}

/** A column of blocks as one value of a statement, over rows `p` of the table of postings. */
export const packed = (column: 'postings' | 'followers'): RawBuilder<Buffer | null> => sql`string_agg(
  int4send(p.term) || int4send(p.block) || int4send(octet_length(p.postings)) || ${sql.ref(`p.${column}`)}, '' order by p.term, p.block)`;

function* eachIn(all: Buffer | null): Generator<Block> {
  const head = 12;
  for (let at = 0; all !== null && at < all.length;) {
    const from = at + head;
    const to = from + all.readInt32BE(at + 8);
    yield { term: all.readInt32BE(at), first: all.readInt32BE(at + 4) << bits, bytes: all.subarray(from, to) };
    at = to;
  }
}

/** Blocks by their terms. */
export const blocksIn = (all: Buffer | null): Map<number, Block[]> => Map.groupBy(eachIn(all), ({ term }) => term);

/** Every document of a block, how much the term says of it, and where its followers stand in the block of these. */
export function forEachIn(
  { first, bytes }: Block,
  visit: (document: number, impact: number, at: number) => void,
): void {
  for (let at = 0; at < bytes.length; at += size)
    visit(first + bytes.readUInt16BE(at), bytes.readUInt16BE(at + 2) / scale, at);
}

/** What a row holds. */
export interface Packed {
  postings: Buffer;
  followers: Buffer;
}

/** A row with other postings for some documents; null for those that do not have the term any more. */
export function edited(former: Packed | undefined, changes: ReadonlyMap<number, Said | null>): Packed {
  const before = former ?? { postings: Buffer.alloc(0), followers: Buffer.alloc(0) };
  const most = before.postings.length + changes.size * size;
  const [postings, followers] = [Buffer.allocUnsafe(most), Buffer.allocUnsafe(most)];
  let [from, end] = [0, 0];
  const copy = (to: number) => {
    before.postings.copy(postings, end, from, to);
    before.followers.copy(followers, end, from, to);
    end += to - from;
    from = to;
  };
  // In the order of their places, as the former ones are.
  for (const [document, said] of [...changes].toSorted(([one], [other]) => one - other)) {
    const place = placeOf(document);
    let to = from;
    while (to < before.postings.length && before.postings.readUInt16BE(to) < place) to += size;
    copy(to);
    if (to < before.postings.length && before.postings.readUInt16BE(to) === place) from += size;
    if (said === null) continue;
    postings.writeUInt16BE(place, end);
    postings.writeUInt16BE(said.impact, end + 2);
    followers.writeUInt32BE(said.followers, end);
    end += size;
  }
  copy(before.postings.length);
  return { postings: postings.subarray(0, end), followers: followers.subarray(0, end) };
}

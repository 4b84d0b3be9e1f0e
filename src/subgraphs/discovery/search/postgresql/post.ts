import { sql, type Kysely } from 'kysely';
import { blockOf, edited, type Packed, type Said } from './postings.js';
import { numbers, of } from './tables.js';

/** The terms of a document with their impacts, as it has them now and as it had them. */
export interface Posting {
  document: number;
  now: ReadonlyMap<number, Said>;
  was: ReadonlyMap<number, Said>;
}

interface Change {
  term: number;
  block: number;
  /** By document; null where it has the term no longer. */
  said: Map<number, Said | null>;
  /** Documents that have the term now, less those that had it. */
  more: number;
}

/** What differs between what documents have and what they had: an edit changes a few words of hundreds. */
function changesOf(postings: readonly Posting[]): Change[] {
  const changes = new Map<string, Change>();
  const change = (term: number, document: number, said: Said | null, more: number) => {
    const block = blockOf(document);
    const key = `${term} ${block}`;
    let found = changes.get(key);
    if (!found) changes.set(key, (found = { term, block, said: new Map(), more: 0 }));
    found.said.set(document, said);
    found.more += more;
  };
  for (const { document, now, was } of postings) {
    for (const [term, said] of now) {
      const former = was.get(term);
      if (former?.impact !== said.impact || former.followers !== said.followers)
        change(term, document, said, former === undefined ? 1 : 0);
    }
    for (const term of was.keys()) if (!now.has(term)) change(term, document, null, -1);
  }
  return [...changes.values()].toSorted((one, other) => one.term - other.term || one.block - other.block);
}

/** Writes the blocks that hold what changed, and counts how many documents have each term. The caller holds the lock. */
export async function post(db: Kysely<unknown>, schema: string, postings: readonly Posting[]): Promise<void> {
  const changes = changesOf(postings);
  if (changes.length === 0) return;
  const terms = numbers(changes.map(({ term }) => term));
  const blocks = numbers(changes.map(({ block }) => block));
  const posting = of(schema, 'posting');
  const { rows } = await sql<Packed & { place: number }>`
    select c.place::integer, p.postings, p.followers
    from unnest(${terms}::integer[], ${blocks}::integer[]) with ordinality c (term, block, place)
    join ${posting} p using (term, block)`.execute(db);
  const former = new Map(rows.map((row) => [row.place - 1, row]));
  const written = changes.map(({ said }, place) => edited(former.get(place), said));
  const sizes = numbers(written.map(({ postings: { length } }) => length));
  const more = numbers(changes.map((each) => each.more));
  await sql`
    with given as (
        select term, block, more, substring(${Buffer.concat(written.map((each) => each.postings))}::bytea from start for size) as postings,
          substring(${Buffer.concat(written.map((each) => each.followers))}::bytea from start for size) as followers
        from (select *, (sum(size) over (order by place) - size + 1)::integer as start
          from unnest(${terms}::integer[], ${blocks}::integer[], ${sizes}::integer[], ${more}::integer[])
            with ordinality c (term, block, size, more, place)) c),
      emptied as (delete from ${posting} p using given g where octet_length(g.postings) = 0 and p.term = g.term and p.block = g.block),
      filled as (insert into ${posting} (term, block, postings, followers)
        select term, block, postings, followers from given where octet_length(postings) > 0 order by term, block
        on conflict (term, block) do update set postings = excluded.postings, followers = excluded.followers)
    update ${of(schema, 'term')} t set documents = t.documents + g.more
    from (select term, sum(more)::integer as more from given group by term) g where g.term = t.id and g.more <> 0`.execute(
    db,
  );
}

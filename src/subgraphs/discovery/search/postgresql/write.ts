import { sql, type Kysely } from 'kysely';
import type { Run } from '../../../../graph/context.js';
import { facetNames, type SearchDocument } from '../document.js';
import { deletionsOf } from '../analysis/edits.js';
import { entriesOf, type Entry, type Form } from './entry.js';
import { mayBeMistyped } from './mistype.js';
import type { Stems } from '../analysis/stems.js';
import { post } from './post.js';
import { quantised, type Said } from './postings.js';
import { numbers, of } from './tables.js';

/** The tables of one schema, in a transaction of the caller's. */
export interface Target {
  db: Kysely<unknown>;
  schema: string;
  stems: Stems;
  /** Ids of terms and of sets of facet values, and forms, as far as they are known: a rebuild, which is alone, keeps them. */
  terms: Map<string, number>;
  forms: Set<string>;
  facetSets: Map<string, number>;
}

export const runOn =
  (db: Kysely<unknown>): Run =>
  async (query) =>
    (await db.executeQuery(query.compile(db))).rows;

/** Text that PostgreSQL takes. */
const clean = (text: string): string => text.replaceAll('\0', '');

/** What a hit shows, and what its highlights are cut from. */
const shownOf = ({ id, type, url, title, language, texts }: SearchDocument): string =>
  JSON.stringify({ id, type, url, title, language, texts });

/** A document as the index has it, where it is to be another; lists as PostgreSQL writes them. */
interface Known {
  id: number;
  record: string;
  terms: string;
  impacts: string;
  followers: string;
}

const own = sql.raw('d.terms::text, d.impacts::text, d.followers::text');

/** Brings these records to what their documents say now: of those that are there what differs is written. */
export async function writeDocuments(target: Target, documents: readonly SearchDocument[]): Promise<void> {
  const { db, schema, stems } = target;
  const { changed, former } = await differing(target, documents);
  if (changed.length === 0) return;
  const { entries, languages } = await entriesOf(changed, stems, (pairs) => stems.learn(runOn(db), pairs));
  const terms = await termsOf(target, entries);
  const sets = await facetSetsOf(target, entries);
  const numbered = await postDocuments(target, entries, terms, former);
  const edited = changed.flatMap(({ id }) => former.get(id)?.id ?? []);
  const { rows: states } = await sql<{ version: number }>`
    update ${of(schema, 'index_state')} set version = version + 1, documents = documents + ${numbered.length - edited.length},
      languages = array(select distinct l from unnest(languages || ${languages}::text[]) l order by l)
    returning version`.execute(db);
  await writeFacets(target, numbered, sets, states[0]?.version ?? 0);
  await writeNames(target, numbered, edited);
}

/** The documents that say something else than the index does, and what it has of them. */
async function differing({ db, schema }: Target, documents: readonly SearchDocument[]) {
  const { rows } = await sql<Known & { isSame: boolean }>`
    with given as (select * from unnest(${documents.map(({ id }) => id)}::text[], ${documents.map(({ hash }) => hash)}::text[]) g (record, hash))
    select d.id, d.record, false as "isSame", ${own} from ${of(schema, 'document')} d join given g using (record)
    where d.hash <> g.hash
    union all select d.id, d.record, true, '{}', '{}', '{}' from ${of(schema, 'document')} d join given g using (record, hash)`.execute(
    db,
  );
  const same = new Set(rows.flatMap(({ record, isSame }) => (isSame ? record : [])));
  const former = new Map(rows.filter(({ isSame }) => !isSame).map((row) => [row.record, row]));
  return { changed: documents.filter(({ id }) => !same.has(id)), former };
}

type Numbered = { entry: Entry; id: number }[];

/** Writes documents with their running texts and their postings. */
async function postDocuments(
  { db, schema }: Target,
  entries: readonly Entry[],
  terms: ReadonlyMap<string, number>,
  former: ReadonlyMap<string, Known>,
): Promise<Numbered> {
  const documents = entries.map(({ document }) => document);
  const said = entries.map(
    ({ impacts, words }) =>
      new Map(
        Array.from(impacts, ([lexeme, impact]): [number, Said] => [
          terms.get(lexeme) as number,
          { impact: quantised(impact), followers: words.get(lexeme) ?? 0 },
        ]),
      ),
  );
  const { rows } = await sql<{ id: number; record: string }>`
    with given as (
        select id, record, hash, shown::json, title, words, terms::integer[], impacts::integer[], followers::bigint[]
        from unnest(${documents.map(({ id }) => former.get(id)?.id ?? null)}::integer[], ${documents.map(({ id }) => id)}::text[],
          ${documents.map(({ hash }) => hash)}::text[], ${documents.map(shownOf)}::text[],
          ${documents.map(({ title }) => clean(title))}::text[], ${entries.map(({ order }) => order)}::text[],
          ${said.map((each) => numbers([...each.keys()]))}::text[], ${said.map((each) => numbers(Array.from(each.values(), ({ impact }) => impact)))}::text[],
          ${said.map((each) => numbers(Array.from(each.values(), ({ followers }) => followers)))}::text[])
          d (id, record, hash, shown, title, words, terms, impacts, followers)),
      -- Ids are places in columns: whoever has one keeps it, and an edit takes none from the sequence.
      kept as (insert into ${of(schema, 'document')} (id, record, hash, shown, title, terms, impacts, followers) overriding system value
        select coalesce(id, nextval(pg_get_serial_sequence(${`${schema}.document`}, 'id'))), record, hash, shown, title, terms, impacts, followers
        from given
        on conflict (record) do update set hash = excluded.hash, shown = excluded.shown, title = excluded.title,
          terms = excluded.terms, impacts = excluded.impacts, followers = excluded.followers
        returning id, record),
      worded as (insert into ${of(schema, 'wording')} (document, words) select k.id, g.words from given g join kept k using (record)
        on conflict (document) do update set words = excluded.words)
    select id, record from kept`.execute(db);
  const ids = new Map(rows.map(({ id, record }) => [record, id]));
  const numbered = entries.map((entry) => ({ entry, id: ids.get(entry.document.id) as number }));
  await post(
    db,
    schema,
    numbered.map(({ entry, id }, index) => ({
      document: id,
      now: said[index] as Map<number, Said>,
      was: saidIn(former.get(entry.document.id)),
    })),
  );
  return numbered;
}

/** In a fraction of the time that the driver takes for lists. */
const listed = (text: string): number[] => JSON.parse(`[${text.slice(1, -1)}]`) as number[];

function saidIn(known: Pick<Known, 'terms' | 'impacts' | 'followers'> | undefined): Map<number, Said> {
  if (known === undefined) return new Map();
  const [impacts, followers] = [listed(known.impacts), listed(known.followers)];
  return new Map(
    listed(known.terms).map((term, at) => [
      term,
      { impact: impacts[at] as number, followers: followers[at] as number },
    ]),
  );
}

/** `former` had names already: where an index is built there are none, nor an index to find them by. */
async function writeNames({ db, schema }: Target, numbered: Numbered, former: readonly number[]): Promise<void> {
  const names = numbered.flatMap(({ entry, id }) => entry.names.map((words) => ({ id, words })));
  if (former.length > 0)
    await sql`delete from ${of(schema, 'name')} where document = any(${numbers(former)}::integer[])`.execute(db);
  await sql`insert into ${of(schema, 'name')} (document, words)
    select * from unnest(${numbers(names.map(({ id }) => id))}::integer[], ${names.map(({ words }) => words)}::text[])`.execute(
    db,
  );
}

async function writeFacets(
  { db, schema }: Target,
  numbered: Numbered,
  sets: ReadonlyMap<string, number>,
  version: number,
): Promise<void> {
  const columns = facetNames.map((name) => {
    const ids = numbered.map(({ entry }) => sets.get(setKey(name, entry.facets[name])) ?? 0);
    return sql`${numbers(ids)}::integer[]`;
  });
  const names = sql.raw(facetNames.join(', '));
  const points = numbered.map(({ entry }) => entry.document.point);
  await sql`insert into ${of(schema, 'facet')} (document, version, updated, latitude, longitude, ${names})
    select document, ${version}::integer, updated, latitude, longitude, ${names}
    from unnest(${numbers(numbered.map(({ id }) => id))}::integer[],
      ${numbered.map(({ entry }) => entry.document.updatedAt)}::timestamptz[],
      ${points.map((point) => point?.latitude ?? null)}::float8[], ${points.map((point) => point?.longitude ?? null)}::float8[],
      ${sql.join(columns)}) f (document, updated, latitude, longitude, ${names})
    on conflict (document) do update set (version, updated, latitude, longitude, ${names})
      = (excluded.version, excluded.updated, excluded.latitude, excluded.longitude, ${sql.raw(facetNames.map((name) => `excluded.${name}`).join(', '))})`.execute(
    db,
  );
}

/** The ids of all terms of these entries. */
async function termsOf(target: Target, entries: readonly Entry[]): Promise<Map<string, number>> {
  const { db, schema, terms } = target;
  const isWord = new Map<string, boolean>();
  for (const { impacts, words } of entries)
    for (const lexeme of impacts.keys()) isWord.set(lexeme, isWord.get(lexeme) === true || words.has(lexeme));
  const { rows } = await sql<{ id: number; lexeme: string; isNewWord: boolean }>`
    with given as (select * from unnest(${[...isWord.keys()]}::text[], ${[...isWord.values()]}::boolean[]) g (lexeme, is_word)),
      known as (select t.id, lexeme, g.is_word and not t.is_word as is_new_word from ${of(schema, 'term')} t join given g using (lexeme)),
      told as (update ${of(schema, 'term')} t set is_word = true from known k where k.id = t.id and k.is_new_word),
      made as (insert into ${of(schema, 'term')} (lexeme, is_word) select lexeme, is_word from given g
        where not exists (select from known k where k.lexeme = g.lexeme) order by lexeme returning id, lexeme, is_word)
    select id, lexeme, is_word as "isNewWord" from made union all select id, lexeme, is_new_word from known`.execute(
    db,
  );
  for (const { id, lexeme } of rows) terms.set(lexeme, id);
  const fresh = rows.filter(({ isNewWord, lexeme }) => isNewWord && mayBeMistyped(lexeme));
  await insertDeletions({ db, schema }, fresh);
  await insertForms(target, entries);
  return terms;
}

async function insertForms({ db, schema, terms, forms }: Target, entries: readonly Entry[]): Promise<void> {
  const fresh = new Map<string, Form>();
  for (const entry of entries)
    for (const form of entry.forms) {
      const key = `${form.stem} ${form.word} ${form.language}`;
      if (!forms.has(key)) fresh.set(key, form);
    }
  const all = [...fresh.values()];
  await sql`insert into ${of(schema, 'form')} (term, word, language)
    select * from unnest(${numbers(all.map(({ stem }) => terms.get(stem) as number))}::integer[],
      ${all.map(({ word }) => word)}::text[], ${all.map(({ language }) => language)}::text[])
    on conflict do nothing`.execute(db);
  for (const key of fresh.keys()) forms.add(key);
}

async function insertDeletions(
  { db, schema }: Pick<Target, 'db' | 'schema'>,
  words: readonly { id: number; lexeme: string }[],
): Promise<void> {
  const pairs = words.flatMap(({ id, lexeme }) => deletionsOf(lexeme).map((letters) => ({ letters, id })));
  await sql`insert into ${of(schema, 'deletion')} (letters, term)
    select * from unnest(${pairs.map(({ letters }) => letters)}::text[], ${numbers(pairs.map(({ id }) => id))}::integer[])`.execute(
    db,
  );
}

const setKey = (facet: string, members: readonly string[]): string => JSON.stringify([facet, ...members]);

/** The ids of the sets of facet values of these entries, by facet and members; the empty ones have none. */
async function facetSetsOf({ db, schema, facetSets }: Target, entries: readonly Entry[]): Promise<Map<string, number>> {
  const missing = new Map<string, { facet: string; members: string[] }>();
  for (const { facets } of entries)
    for (const facet of facetNames) {
      const key = setKey(facet, facets[facet]);
      if (facets[facet].length > 0 && !facetSets.has(key))
        missing.set(key, { facet, members: facets[facet].map(clean) });
    }
  const given = JSON.stringify([...missing].map(([key, set]) => ({ key, ...set })));
  const { rows } = await sql<{ id: number; key: string }>`
    with given as (select key, facet, array(select jsonb_array_elements_text(members)) as members
        from jsonb_to_recordset(${given}::jsonb) g (key text, facet text, members jsonb)),
      made as (insert into ${of(schema, 'facet_set')} (facet, members) select facet, members from given
        on conflict do nothing returning id, facet, members)
    select s.id, g.key from given g join (table made union all select id, facet, members from ${of(schema, 'facet_set')}) s
      on s.facet = g.facet and s.members = g.members`.execute(db);
  for (const { id, key } of rows) facetSets.set(key, id);
  return facetSets;
}

/** Takes out the documents of these records, as far as they are there; what is left of them tells readers that they are gone. */
export async function deleteDocuments(
  { db, schema }: Pick<Target, 'db' | 'schema'>,
  records: readonly string[],
): Promise<void> {
  const { rows: gone } = await sql<Omit<Known, 'record'>>`
    delete from ${of(schema, 'document')} d where d.record = any(${[...records]}::text[]) returning d.id, ${own}`.execute(
    db,
  );
  if (gone.length === 0) return;
  await post(
    db,
    schema,
    gone.map((each) => ({ document: each.id, now: new Map(), was: saidIn(each) })),
  );
  await sql`
    with gone as (select unnest(${numbers(gone.map(({ id }) => id))}::integer[]) as id),
      worded as (delete from ${of(schema, 'wording')} w using gone where w.document = gone.id),
      named as (delete from ${of(schema, 'name')} n using gone where n.document = gone.id),
      counted as (update ${of(schema, 'index_state')} set version = version + 1, documents = documents - (select count(*) from gone)
        returning version)
    update ${of(schema, 'facet')} f set version = c.version, ${sql.raw(facetNames.map((name) => `${name} = 0`).join(', '))}
    from gone cross join counted c where f.document = gone.id`.execute(db);
}

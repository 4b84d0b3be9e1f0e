import { sql, type Kysely } from 'kysely';
import type { Run } from '../../../../graph/context.js';
import { facetNames, type SearchDocument } from '../document.js';
import { deletionsOf } from '../analysis/edits.js';
import { entriesOf, type Entry, type Form } from './entry.js';
import { mayBeMistyped } from './mistype.js';
import type { Stems } from '../analysis/stems.js';
import { of } from './tables.js';

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

/** A list of numbers as PostgreSQL reads it: much sooner made than by the driver, of hundreds of thousands. */
const numbers = (list: readonly number[]): string => `{${list.join(',')}}`;

/** Text that PostgreSQL takes. */
const clean = (text: string): string => text.replaceAll('\0', '');

/** What a hit shows, and what its highlights are cut from. */
const shownOf = ({ id, type, url, title, language, texts }: SearchDocument): string =>
  JSON.stringify({ id, type, url, title, language, texts });

/** Adds documents that are not there, and counts them. */
export async function insertDocuments(target: Target, documents: readonly SearchDocument[]): Promise<void> {
  if (documents.length === 0) return;
  const { db, schema, stems } = target;
  const { entries, languages } = await entriesOf(documents, stems, (pairs) => stems.learn(runOn(db), pairs));
  const terms = await termsOf(target, entries);
  const sets = await facetSetsOf(target, entries);
  const termsIn = (lexemes: Iterable<string>) => Array.from(lexemes, (lexeme) => terms.get(lexeme) as number);
  const { rows } = await sql<{ id: number; record: string }>`
    insert into ${of(schema, 'document')} (record, hash, shown, title, words, terms)
    select record, hash, shown::json, title, words, terms::integer[]
    from unnest(${documents.map(({ id }) => id)}::text[], ${documents.map(({ hash }) => hash)}::text[],
      ${documents.map(shownOf)}::text[], ${documents.map(({ title }) => clean(title))}::text[],
      ${entries.map(({ order }) => order)}::text[],
      ${entries.map(({ impacts }) => numbers(termsIn(impacts.keys())))}::text[]) d (record, hash, shown, title, words, terms)
    returning id, record`.execute(db);
  const ids = new Map(rows.map(({ id, record }) => [record, id]));
  const numbered = entries.map((entry) => ({ entry, id: ids.get(entry.document.id) as number }));
  await insertPostings(target, numbered, termsIn);
  await insertFacets(target, numbered, sets);
  const names = numbered.flatMap(({ entry, id }) => entry.names.map((words) => ({ id, words })));
  await sql`insert into ${of(schema, 'name')} (document, words)
    select * from unnest(${numbers(names.map(({ id }) => id))}::integer[], ${names.map(({ words }) => words)}::text[])`.execute(
    db,
  );
  await sql`update ${of(schema, 'index_state')} set documents = documents + ${documents.length},
    languages = array(select distinct l from unnest(languages || ${languages}::text[]) l order by l)`.execute(db);
}

type Numbered = { entry: Entry; id: number }[];

async function insertPostings(
  { db, schema }: Target,
  numbered: Numbered,
  termsIn: (lexemes: Iterable<string>) => number[],
): Promise<void> {
  const term = numbered.flatMap(({ entry }) => termsIn(entry.impacts.keys()));
  const document = numbered.flatMap(({ entry, id }) => Array.from(entry.impacts, () => id));
  const impact = numbered.flatMap(({ entry }) =>
    Array.from(entry.impacts.values(), (each) => Number(each.toPrecision(4))),
  );
  await sql`insert into ${of(schema, 'posting')} (term, document, impact)
    select * from unnest(${numbers(term)}::integer[], ${numbers(document)}::integer[], ${numbers(impact)}::real[])`.execute(
    db,
  );
}

async function insertFacets({ db, schema }: Target, numbered: Numbered, sets: Map<string, number>): Promise<void> {
  const columns = facetNames.map((name) => {
    const ids = numbered.map(({ entry }) => sets.get(setKey(name, entry.facets[name])) ?? 0);
    return sql`${numbers(ids)}::integer[]`;
  });
  const names = sql.raw(facetNames.join(', '));
  const points = numbered.map(({ entry }) => entry.document.point);
  await sql`insert into ${of(schema, 'facet')} (document, updated, latitude, longitude, ${names})
    select document, updated, latitude, longitude, ${names}
    from unnest(${numbers(numbered.map(({ id }) => id))}::integer[],
      ${numbered.map(({ entry }) => entry.document.updatedAt)}::timestamptz[],
      ${points.map((point) => point?.latitude ?? null)}::float8[], ${points.map((point) => point?.longitude ?? null)}::float8[],
      ${sql.join(columns)}) f (document, updated, latitude, longitude, ${names})`.execute(db);
}

/** The ids of all terms of these entries; counts in how many more documents each stands. */
async function termsOf(target: Target, entries: readonly Entry[]): Promise<Map<string, number>> {
  const { db, schema, terms } = target;
  const counts = new Map<string, number>();
  const words = new Set<string>();
  for (const entry of entries) {
    for (const lexeme of entry.impacts.keys()) counts.set(lexeme, (counts.get(lexeme) ?? 0) + 1);
    for (const word of entry.words) words.add(word);
  }
  const lexemes = [...counts.keys()].toSorted();
  const { rows } = await sql<{ id: number; lexeme: string; isNewWord: boolean }>`
    with given as (select * from unnest(${lexemes}::text[], ${numbers(lexemes.map((each) => counts.get(each) as number))}::integer[],
        ${lexemes.map((each) => words.has(each))}::boolean[]) g (lexeme, documents, is_word)),
      known as (select t.id, t.lexeme, t.is_word from ${of(schema, 'term')} t join given using (lexeme)),
      kept as (insert into ${of(schema, 'term')} as t (lexeme, documents, is_word) select * from given order by lexeme
        on conflict (lexeme) do update set documents = t.documents + excluded.documents, is_word = t.is_word or excluded.is_word
        returning t.id, t.lexeme, t.is_word)
    select k.id, k.lexeme, k.is_word and not coalesce(o.is_word, false) as "isNewWord"
    from kept k left join known o on o.id = k.id`.execute(db);
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

/** Takes out the documents of these records, as far as they are there. */
export async function deleteDocuments(
  { db, schema }: Pick<Target, 'db' | 'schema'>,
  records: readonly string[],
): Promise<void> {
  await sql`
    with gone as (delete from ${of(schema, 'document')} where record = any(${[...records]}::text[]) returning id, terms),
      said as (select id as document, unnest(terms) as term from gone),
      posted as (delete from ${of(schema, 'posting')} p using said where p.term = said.term and p.document = said.document),
      counted as (update ${of(schema, 'term')} t set documents = t.documents - s.count
        from (select term, count(*)::integer from said group by term) s where s.term = t.id),
      narrowed as (delete from ${of(schema, 'facet')} f using gone where f.document = gone.id),
      named as (delete from ${of(schema, 'name')} n using gone where n.document = gone.id)
    update ${of(schema, 'index_state')} set documents = documents - (select count(*) from gone)`.execute(db);
}

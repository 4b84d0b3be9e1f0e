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

interface Known {
  id: number;
  record: string;
  hash: string;
}

/** Brings these records to what their documents say now: of those that are there what differs is written. */
export async function writeDocuments(target: Target, documents: readonly SearchDocument[]): Promise<void> {
  const { db, schema, stems } = target;
  const { rows: known } = await sql<Known>`select id, record, hash from ${of(schema, 'document')}
    where record = any(${documents.map(({ id }) => id)}::text[])`.execute(db);
  const former = new Map(known.map((each) => [each.record, each]));
  const changed = documents.filter(({ id, hash }) => former.get(id)?.hash !== hash);
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

type Numbered = { entry: Entry; id: number }[];

/**
 * Writes documents with their postings. An edit changes a few words: of hundreds of postings those that differ are touched,
 * and counted.
 */
async function postDocuments(
  { db, schema }: Target,
  entries: readonly Entry[],
  terms: ReadonlyMap<string, number>,
  former: ReadonlyMap<string, Known>,
): Promise<Numbered> {
  const documents = entries.map(({ document }) => document);
  const posting = of(schema, 'posting');
  const termsIn = ({ impacts }: Entry) => Array.from(impacts.keys(), (lexeme) => terms.get(lexeme) as number);
  const impactsIn = ({ impacts }: Entry) => Array.from(impacts.values(), (each) => Number(each.toPrecision(4)));
  const { rows } = await sql<{ id: number; record: string }>`
    with given as (
        select id, record, hash, shown::json, title, words, terms::integer[], impacts::real[]
        from unnest(${documents.map(({ id }) => former.get(id)?.id ?? null)}::integer[], ${documents.map(({ id }) => id)}::text[], ${documents.map(({ hash }) => hash)}::text[],
          ${documents.map(shownOf)}::text[], ${documents.map(({ title }) => clean(title))}::text[],
          ${entries.map(({ order }) => order)}::text[], ${entries.map((each) => numbers(termsIn(each)))}::text[],
          ${entries.map((each) => numbers(impactsIn(each)))}::text[]) d (id, record, hash, shown, title, words, terms, impacts)),
      -- Ids are places in columns: whoever has one keeps it, and an edit takes none from the sequence.
      kept as (insert into ${of(schema, 'document')} (id, record, hash, shown, title, terms, impacts) overriding system value
        select coalesce(id, nextval(pg_get_serial_sequence(${`${schema}.document`}, 'id'))), record, hash, shown, title, terms, impacts
        from given
        on conflict (record) do update set hash = excluded.hash, shown = excluded.shown, title = excluded.title,
          terms = excluded.terms, impacts = excluded.impacts
        returning id, record),
      worded as (insert into ${of(schema, 'wording')} (document, words) select k.id, g.words from given g join kept k using (record)
        on conflict (document) do update set words = excluded.words),
      -- What the snapshot of the statement holds: the documents as they were.
      was as (select w.term, d.id as document, w.impact from ${of(schema, 'document')} d join given g using (record),
        unnest(d.terms, d.impacts) w (term, impact)),
      said as (select s.term, k.id as document, s.impact from given g join kept k using (record),
        unnest(g.terms, g.impacts) s (term, impact)),
      -- As an equation, of which the planner expects few rows: postings are then looked up, and not all of them read.
      differ as (select term, document, w.impact as was, s.impact as said from was w full join said s using (term, document)
        where case when w.impact = s.impact then 'alike' else 'differ' end = 'differ'),
      deleted as (delete from ${posting} p using differ d
        where d.said is null and p.term = d.term and p.document = d.document),
      inserted as (insert into ${posting} (term, document, impact)
        select term, document, said from differ where was is null order by term, document),
      changed as (update ${posting} p set impact = d.said from differ d
        where d.was is not null and d.said is not null and p.term = d.term and p.document = d.document),
      counted as (update ${of(schema, 'term')} t set documents = t.documents + c.more
        from (select term, count(said) - count(was) as more from differ group by term) c
        where c.term = t.id and c.more <> 0)
    select id, record from kept`.execute(db);
  const ids = new Map(rows.map(({ id, record }) => [record, id]));
  return entries.map((entry) => ({ entry, id: ids.get(entry.document.id) as number }));
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
  await sql`
    with gone as (delete from ${of(schema, 'document')} where record = any(${[...records]}::text[]) returning id, terms),
      said as (select id as document, unnest(terms) as term from gone),
      posted as (delete from ${of(schema, 'posting')} p using said where p.term = said.term and p.document = said.document),
      counted as (update ${of(schema, 'term')} t set documents = t.documents - s.count
        from (select term, count(*)::integer from said group by term) s where s.term = t.id),
      worded as (delete from ${of(schema, 'wording')} w using gone where w.document = gone.id),
      named as (delete from ${of(schema, 'name')} n using gone where n.document = gone.id),
      counted_out as (update ${of(schema, 'index_state')} set version = version + 1, documents = documents - (select count(*) from gone)
        where exists (select from gone) returning version)
    update ${of(schema, 'facet')} f set version = c.version, ${sql.raw(facetNames.map((name) => `${name} = 0`).join(', '))}
    from gone cross join counted_out c where f.document = gone.id`.execute(db);
}

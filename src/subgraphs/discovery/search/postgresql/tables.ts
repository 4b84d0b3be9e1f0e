import { sql, type Kysely, type RawBuilder } from 'kysely';
import { facetNames } from '../document.js';

/** The schema that is searched, the one that a rebuild fills beside it, and the one whose place that took. */
export const live = 'goodgraph_search';
export const next = 'goodgraph_search_next';
export const former = 'goodgraph_search_former';

/** Of what tables look like and of how texts are analysed: an index of another form is rebuilt. */
export const form = 9;

const tables = (schema: string) => `
  -- What was indexed, and what hits show.
  create table ${schema}.document (
    id integer generated always as identity primary key,
    record text collate "C" not null unique,
    hash text collate "C" not null,
    shown json not null,
    title text collate "und-x-icu" not null,
    -- Its postings, from which the next version of it differs in a few.
    terms integer[] not null,
    impacts integer[] not null,
    followers bigint[] not null);

  -- Every word of a document in its order, so that phrases can be looked for: beside what hits show it would be read in
  -- twice the time.
  create table ${schema}.wording (document integer primary key, words text collate "C" not null);

  -- The different sets of values that documents have in a facet: counting them is counting one number a document.
  create table ${schema}.facet_set (
    id integer generated always as identity primary key,
    facet text collate "C" not null,
    members text[] collate "C" not null,
    unique (facet, members));

  -- What documents are narrowed, counted and ordered by: a narrow row each, which readers keep, and read anew where it has a
  -- later version of the index than they know. 0 is the empty set; a document that is gone has not even a type.
  create table ${schema}.facet (
    document integer primary key,
    version integer not null,
    ${facetNames.map((name) => `${name} integer not null`).join(', ')},
    updated timestamptz not null,
    latitude float8, longitude float8);

  -- Words as they stand in texts, and what they are reduced to. Few enough to be updated in place.
  create table ${schema}.term (
    id integer generated always as identity primary key, lexeme text collate "C" not null unique,
    documents integer not null default 0, is_word boolean not null) with (fillfactor = 80);

  -- Which words were reduced to a term, itself too, and in texts of which language.
  create table ${schema}.form (term integer not null, word text collate "C" not null, language text collate "C" not null,
    primary key (term, word, language));

  -- Words with a letter left out: two of them meet where they differ by one letter.
  create table ${schema}.deletion (letters text collate "C" not null, term integer not null);

  -- How much a term says of documents, without regard to how rare it is, and which words follow it there: of 512 documents
  -- together, as \`postings.ts\` packs them. A row fits on a page, so that it need not be compressed nor put elsewhere.
  create table ${schema}.posting (
    term integer not null, block integer not null, postings bytea not null, followers bytea not null, primary key (term, block));
  alter table ${schema}.posting alter column postings set storage plain, alter column followers set storage plain;

  -- The titles and names of documents by their words.
  create table ${schema}.name (document integer not null, words text collate "C" not null);

  -- One row: whether it is still the same index, how often it was written, its size, and the languages that words were
  -- reduced in.
  create table ${schema}.index_state (epoch uuid not null default gen_random_uuid(), form integer not null,
    version integer not null default 0, documents integer not null, languages text[] not null);
  insert into ${schema}.index_state (form, documents, languages) values (${form}, 0, '{}')`;

/** Made after the tables are filled, where they are filled at once. */
const indexes = (schema: string) => `
  create index on ${schema}.facet (version);
  create index on ${schema}.deletion (letters) include (term);
  create index on ${schema}.deletion (term);
  create index on ${schema}.term using gin (lexeme gin_trgm_ops) where is_word;
  create index on ${schema}.name using gin (words gin_trgm_ops);
  create index on ${schema}.name (document);`;

const rights = (schema: string) => `
  grant usage on schema ${schema} to goodgraph_public, goodgraph_member;
  grant select on all tables in schema ${schema} to goodgraph_public, goodgraph_member`;

/** Statements without parameters go to PostgreSQL in one piece. */
const run = (db: Kysely<unknown>, text: string) => sql.raw(text).execute(db);

export async function createTables(db: Kysely<unknown>, schema: string): Promise<void> {
  await run(db, `create schema ${schema}; ${tables(schema)}`);
}

export async function createIndexes(db: Kysely<unknown>, schema: string): Promise<void> {
  await run(db, indexes(schema) + rights(schema));
}

/** Builds an empty index where there is none. */
export async function ensureTables(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql`select from pg_namespace where nspname = ${live}`.execute(db);
  if (rows.length > 0) return;
  await createTables(db, live);
  await createIndexes(db, live);
}

/** A list of numbers as PostgreSQL reads it: much sooner made than by the driver, of hundreds of thousands. */
export const numbers = (list: readonly number[]): string => `{${list.join(',')}}`;

/**
 * A list of which PostgreSQL does not heed the length when it plans: it plans a keyed statement once and for all only where
 * a plan for ten items seems no dearer to it than one for the list at hand. The outer cast says that it is one list, no set.
 */
export function listOf(type: 'text' | 'integer', list: readonly string[] | string): RawBuilder<unknown> {
  const array = sql.raw(`${type}[]`);
  return sql`(select ${typeof list === 'string' ? list : [...list]}::${array})::${array}`;
}

/** A table of an index in a statement. */
export const of = (schema: string, table: string): RawBuilder<unknown> => sql.table(`${schema}.${table}`);

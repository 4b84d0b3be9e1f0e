import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { Refusal, type UserError } from '../graph/errors.js';
import { mend, type Stored } from './mutation.service.js';

export const Translator = { HUMAN: 'HUMAN', MACHINE: 'MACHINE' } as const;
export type Translator = keyof typeof Translator;

/** A text of a record in another language than its own, by a human. */
export interface TranslatedText {
  id: string;
  field: string;
  language: string;
  text: string;
}

/** Makes the human translations of these fields of these records those that are given; leaves machine ones alone. */
export async function saveTranslations(
  em: EntityManager,
  { ids, fields }: { ids: readonly string[]; fields: readonly string[] },
  texts: readonly TranslatedText[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as w (id text, field text, language text, text text)),
    gone as (
      delete from translation t
      where t.record_id = any(${ids}::text[]) and t.field = any(${fields}::text[]) and t.origin = 'HUMAN'
        and not exists (select from wanted w where (w.id, w.field, w.language) = (t.record_id, t.field, t.language)))
    insert into translation as t (record_id, field, language, text, origin)
    select w.id, w.field, w.language, w.text, 'HUMAN' from wanted w
    on conflict (record_id, language, field) do update set text = excluded.text, origin = excluded.origin
    where (t.text, t.origin) <> (excluded.text, excluded.origin)`.execute(em.getKysely<unknown>());
}

/** A record whose texts are written in this language first. */
export interface Original extends Stored {
  language: string;
}

/** Texts of a record in one other language. */
export interface Translation {
  language: string;
  origin: Translator;
  /** By field; of a list its items. What is left out stays as it is. */
  texts: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The fields that are to have none any more. */
  removed: readonly string[];
}

/** Makes these the texts of a record that is held, in another language; ends the mutation with what is wrong. */
export async function translate(
  em: EntityManager,
  record: Original,
  { language, origin, texts, removed }: Translation,
): Promise<void> {
  mend(language === record.language ? [ofOriginal(language)] : []);
  const written = Object.entries(texts).flatMap(([field, text]) => (text === undefined ? [] : [{ field, text }]));
  mend(written.flatMap(({ field, text }) => withoutOriginal(field, text, (record as never)[field]) ?? []));
  const told = [
    ...written.map(({ field, text }) => ({ field, text: typeof text === 'string' ? text : text.join('\n') })),
    ...removed.map((field) => ({ field, text: null })),
  ];
  const { rows } = await sql<{ mayWrite: boolean }>`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as w (field text, text text)),
    gone as (
      delete from translation t using told w
      where t.record_id = ${record.id} and t.language = ${language} and t.field = w.field and w.text is null),
    kept as (
      insert into translation as t (record_id, field, language, text, origin)
      select ${record.id}, w.field, ${language}, w.text, ${origin} from told w where w.text is not null
      on conflict (record_id, language, field) do update set text = excluded.text, origin = excluded.origin
      where (t.text, t.origin) <> (excluded.text, excluded.origin))
    select goodgraph_record_writable(${record.id}) or goodgraph_record_shared(${record.id}) as "mayWrite"`.execute(
    em.getKysely<unknown>(),
  );
  // A deletion that a policy forbids deletes nothing, and says nothing.
  if (!rows[0]?.mayWrite) throw new Refusal('FORBIDDEN', 'The texts of this record are not yours to translate.');
}

const ofOriginal = (language: string): UserError => ({
  field: ['language'],
  code: 'CONFLICT',
  message: `The record is in '${language}' itself. Change the original, or name another language.`,
});

/** Why a text is no translation: its author said nothing, or another number of things. */
function withoutOriginal(field: string, text: string | readonly string[], original: unknown): UserError | null {
  const conflict = (message: string): UserError => ({ field: [field], code: 'CONFLICT', message });
  if (original == null || (Array.isArray(original) && original.length === 0))
    return conflict('There is nothing to translate: the original is empty. Write that first.');
  if (!Array.isArray(original) || !Array.isArray(text) || original.length === text.length) return null;
  return conflict(`It has ${text.length} of the original's ${original.length} items. Translate each, in their order.`);
}

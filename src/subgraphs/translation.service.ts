import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

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

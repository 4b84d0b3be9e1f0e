import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/** A text of a record in another language than its own, by a human. */
export interface TranslatedText {
  language: string;
  text: string;
}

/** Makes the human translations of one field of these records those that they list; leaves machine ones alone. */
export async function saveTranslations(
  em: EntityManager,
  field: string,
  records: readonly { id: string; texts: readonly TranslatedText[] }[],
): Promise<void> {
  const ids = records.map(({ id }) => id);
  const wanted = JSON.stringify(records.flatMap(({ id, texts }) => texts.map((each) => ({ ...each, id }))));
  await sql`
    with wanted as (select * from jsonb_to_recordset(${wanted}::jsonb) as w (id text, language text, text text)),
    gone as (
      delete from translation t where t.record_id = any(${ids}::text[]) and t.field = ${field} and t.origin = 'HUMAN'
        and not exists (select from wanted w where w.id = t.record_id and w.language = t.language))
    insert into translation as t (record_id, field, language, text, origin)
    select w.id, ${field}, w.language, w.text, 'HUMAN' from wanted w
    on conflict (record_id, language, field) do update set text = excluded.text, origin = excluded.origin
    where (t.text, t.origin) <> (excluded.text, excluded.origin)`.execute(em.getKysely<unknown>());
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { snake } from '../../graph/fields.js';
import { newId } from '../../graph/ids.js';
import { entryColumns, saveKind } from '../kind.service.js';
import type { Change, EntryError } from '../manifest.js';
import { resolveWithSlugs } from '../reference.service.js';
import { Saving } from '../saving.service.js';
import { Partner } from './partner.entity.js';
import { partnerFields, personalFields, type PartnerName } from './partner.fields.js';
import type { PartnerInput } from './partner.inputs.js';

const references = { place: 'Place', region: 'Region' } as const;

/** How an entry lies in the columns of its partner. */
export const partnerColumns = { ...entryColumns, contacts: null };

/**
 * Creates or updates partners by slug; one that is no longer listed stays, and so does what a change leaves out. Saves
 * nothing when an entry is wrong.
 */
export async function savePartners(
  em: EntityManager,
  entries: readonly (PartnerInput | Change<PartnerInput>)[],
): Promise<EntryError[]> {
  const { errors, idOf, isNew } = await resolveWithSlugs(em, 'Partner', entries, references);
  if (errors.length > 0) return errors;
  const partners = entries.map((entry: Change<PartnerInput>) => ({
    ...entry,
    ...namesOf(entry),
    id: idOfPartner(entry, idOf('Partner', entry.slug), isNew),
  }));
  const saving = new Saving(em);
  const kind = { entity: Partner, references, edges: {}, columns: partnerColumns };
  await saveKind(saving, kind, partners, { idOf, isNew });
  await saving.end();
  await forget(
    em,
    partners.filter(({ id }) => !saving.isNew(id)),
  );
  await saveContacts(
    em,
    partners.flatMap(({ id, contacts }) =>
      contacts && (contacts.length > 0 || !saving.isNew(id)) ? [{ id, contacts }] : [],
    ),
  );
  return [];
}

/** A slug that a person's name makes would tell it by the id that it makes. */
const idOfPartner = (
  { id, isNaturalPerson }: Change<PartnerInput>,
  found: string,
  isNew: (id: string) => boolean,
): string => (isNaturalPerson && id === undefined && isNew(found) ? newId(partnerFields.prefix) : found);

/** Takes out what these entries say no more of natural persons: of them nothing is left in the columns to be emptied. */
async function forget(em: EntityManager, partners: readonly Change<PartnerInput>[]): Promise<void> {
  const rows = partners.flatMap(({ id, isNaturalPerson, ...entry }) => {
    const columns = personalFields.filter((field) => isEmpty((entry as Record<string, unknown>)[field])).map(snake);
    return isNaturalPerson === false || columns.length === 0 ? [] : [{ id, columns }];
  });
  if (rows.length === 0) return;
  await sql`update partner_person p set said = p.said - w.columns
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (id text, columns text[])
    where p.partner_id = w.id and p.said ?| w.columns`.execute(em.getKysely<unknown>());
}

const isEmpty = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

/** What stands in either list stands in both. */
function namesOf({ formerNames = [], otherNames }: Pick<Change<PartnerInput>, 'formerNames' | 'otherNames'>) {
  if (otherNames === undefined) return {};
  const formerly = otherNames.filter(({ kind }) => kind === 'FORMER').map(({ name }) => name);
  const undated = formerNames
    .filter((name) => !formerly.includes(name))
    .map((name): PartnerName => ({ name, language: null, from: null, to: null, kind: 'FORMER' }));
  return {
    otherNames: [...otherNames, ...undated],
    formerNames: [...formerly, ...undated.map(({ name }) => name)],
  };
}

/** Makes the contacts of these partners those that they list; leaves alone what is so already. */
async function saveContacts(
  em: EntityManager,
  partners: readonly { id: string; contacts: PartnerInput['contacts'] }[],
): Promise<void> {
  if (partners.length === 0) return;
  const ids = partners.map(({ id }) => id);
  const rows = JSON.stringify(
    partners.flatMap(({ id, contacts }) => contacts.map((contact, position) => ({ ...contact, id, position }))),
  );
  const db = em.getKysely<unknown>();
  const wanted = sql`select * from jsonb_to_recordset(${rows}::jsonb)
    as w (id text, position smallint, role text, text text, url text, email text)`;
  await sql`delete from partner_contact c where c.partner_id = any(${ids}::text[])
    and not exists (select from (${wanted}) w where (w.id, w.position, w.role) = (c.partner_id, c.position, c.role))`.execute(
    db,
  );
  await sql`insert into partner_contact as c (partner_id, position, role, text, url)
    select w.id, w.position, w.role, w.text, w.url from (${wanted}) w
    on conflict (partner_id, position) do update set text = excluded.text, url = excluded.url
    where (c.text, c.url) is distinct from (excluded.text, excluded.url)`.execute(db);
  await sql`delete from partner_contact_email c where c.partner_id = any(${ids}::text[])
    and not exists (select from (${wanted}) w where (w.id, w.position) = (c.partner_id, c.position) and w.email is not null)`.execute(
    db,
  );
  await sql`insert into partner_contact_email as c (partner_id, position, email)
    select w.id, w.position, w.email from (${wanted}) w where w.email is not null
    on conflict (partner_id, position) do update set email = excluded.email where c.email <> excluded.email`.execute(
    db,
  );
}

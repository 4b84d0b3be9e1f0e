import type { EntityManager } from '@mikro-orm/postgresql';
import { seedId } from '../../graph/ids.js';
import type { EntryError } from '../manifest.js';
import { saveRecords } from '../record.service.js';
import { repeated, resolve } from '../reference.service.js';
import { records } from '../records.js';
import { sourceIds } from '../source.service.js';
import { Claim } from './claim.entity.js';
import { fieldAdvice } from './claim-form.service.js';
import type { ClaimsInput } from './claim.inputs.js';

/**
 * Makes the claims about these fields those that are listed; one that is no longer listed is deleted. Claims about
 * other fields stay, and so do those that people entered. Saves nothing when an entry is wrong.
 */
export async function saveClaims(em: EntityManager, entries: ClaimsInput[]): Promise<EntryError[]> {
  const { errors, idOf } = await resolveRecords(em, entries);
  errors.push(...unknownFields(entries), ...repeated(entries.map(comparable), 'kind', 'slug', 'field', 'subject'));
  if (errors.length > 0) return errors;
  const sourceOf = await sourceIds(
    em,
    entries.flatMap(({ values }) => values.map(({ source }) => source)),
    entries,
  );
  const rows = entries.flatMap((entry) => rowsOf(entry, idOf(entry), sourceOf));
  const stored = await em.find(Claim, { $or: entries.map((entry) => ({ ...placeOf(entry), recordId: idOf(entry) })) });
  const listed = new Map(rows.map((row) => [row.id, row]));
  const gone = stored.filter(({ id, origin }) => origin !== 'ENTERED' && !listed.has(id));
  await em.nativeDelete(Claim, { id: { $in: gone.map(({ id }) => id) } });
  // First those that are no longer selected: at no moment may two be.
  const selected = new Set(rows.flatMap((row) => (row.isSelected ? [placeKey(row)] : [])));
  for (const claim of stored)
    if (claim.isSelected && !gone.includes(claim))
      claim.isSelected = listed.get(claim.id)?.isSelected ?? !selected.has(placeKey(claim));
  await em.flush();
  await saveRecords(em, Claim, rows);
  return [];
}

const placeKey = ({ recordId, field, subject }: { recordId: string; field: string; subject?: string | null }) =>
  JSON.stringify([recordId, field, subject ?? null]);
const placeOf = ({ field, subject }: ClaimsInput) => ({ field, subject });
const comparable = (entry: ClaimsInput) => ({ ...entry, subject: entry.subject ?? '' });

/** The records by kind and slug, one statement a kind. */
async function resolveRecords(em: EntityManager, entries: ClaimsInput[]) {
  const errors: EntryError[] = [];
  const found = new Map<ClaimsInput, string>();
  for (const [kind, group] of Map.groupBy(entries, (entry) => entry.kind)) {
    const resolved = await resolve(em, group, { slug: kind });
    errors.push(...resolved.errors.map((error) => ({ ...error, entry: entries.indexOf(group[error.entry]!) })));
    for (const entry of group) found.set(entry, resolved.idOf(kind, entry.slug));
  }
  return { errors, idOf: (entry: ClaimsInput) => found.get(entry) ?? '' };
}

function unknownFields(entries: ClaimsInput[]): EntryError[] {
  return entries.flatMap(({ kind, field }, entry) => {
    const message = fieldAdvice(kind, field);
    return message === null ? [] : [{ entry, field: ['field'], code: 'NOT_FOUND', message }];
  });
}

function rowsOf(entry: ClaimsInput, recordId: string, sourceOf: (key: string) => string) {
  const { kind, slug, field, subject, values, origin, language } = entry;
  return values.map(({ value, source, selected, ...claim }, position) => ({
    ...claim,
    id: seedId(records.Claim.prefix, [kind, slug, field, subject ?? '', position].join('/')),
    recordId,
    field,
    subject,
    value: typeof value === 'string' ? value : `${value.amount} ${value.currency}`,
    amount: typeof value === 'string' ? null : value.amount,
    currency: typeof value === 'string' ? null : value.currency,
    source: sourceOf(source),
    isSelected: selected,
    position,
    origin,
    language,
  }));
}

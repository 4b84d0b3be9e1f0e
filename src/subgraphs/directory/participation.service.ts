import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { seedId } from '../../graph/ids.js';
import { cyclesOf, slugsOf } from '../cycle.service.js';
import { dateIn, moneyIn, named } from '../entry.columns.js';
import { entryColumns, saveKind } from '../kind.service.js';
import type { Change, EntryError } from '../manifest.js';
import { repeated, resolve } from '../reference.service.js';
import { records } from '../records.js';
import { Saving } from '../saving.service.js';
import { Participation } from './participation.entity.js';
import type { ParticipationInput } from './participation.inputs.js';

/** What tells participations apart; the records by their slugs. */
type Key = Pick<ParticipationInput, 'project' | 'partner' | 'role'>;
type Part = Change<ParticipationInput> & Key;

const keyOf = ({ project, partner, role }: Key): string => `${project}/${partner}/${role}`;

/** The part of whoever took this one over. */
const successorOf = ({ project, replacedBy, role }: Part): Key | null =>
  replacedBy == null ? null : { project, partner: replacedBy, role };

const references = { project: 'Project', partner: 'Partner' } as const;

/** How an entry lies in the columns of its participation; who took over is the part of theirs. */
export const participationColumns = {
  ...entryColumns,
  order: named('position'),
  regionCodeAtTheTime: named('regionCode'),
  startDate: dateIn('startDate'),
  endDate: dateIn('endDate'),
  budget: moneyIn('budget'),
  replacedBy: null,
};

/**
 * Creates or updates participations by project, partner and role; one that is no longer listed stays, and so does what a
 * change leaves out. Saves nothing when an entry is wrong.
 */
export async function saveParticipations(
  em: EntityManager,
  entries: readonly (ParticipationInput | Change<ParticipationInput>)[],
): Promise<EntryError[]> {
  const ids = entries.flatMap((entry: Change<ParticipationInput>) => entry.id ?? []);
  const changed = ids.length === 0 ? [] : await em.find(Participation, { id: { $in: ids } });
  const asked = await wholeParts(em, entries, changed);
  const { errors, idOf } = await resolve(em, asked, { ...references, replacedBy: 'Partner' });
  const stored = await storedParts(em, asked);
  errors.push(...repeated(asked, 'project', 'partner', 'role'), ...taken(asked, stored));
  errors.push(...lostSuccessors(asked, stored), ...circularSuccessors(asked, stored));
  const outside = await outsideOfProject(em, asked);
  errors.push(...outside.filter(({ isWarning }) => !isWarning));
  if (errors.length > 0) return errors;
  const idOfPart = (part: Key): string =>
    stored.get(keyOf(part))?.id ?? seedId(records.Participation.prefix, keyOf(part));
  const rows = asked.map((part) => {
    const successor = successorOf(part);
    const replacedBy = part.replacedBy === undefined ? undefined : successor && idOfPart(successor);
    return { ...part, replacedBy, id: part.id ?? idOfPart(part) };
  });
  const saving = new Saving(em);
  const known = new Set([...stored.values(), ...changed].map(({ id }) => id));
  const columns = { ...participationColumns, replacedBy: named('replacedBy') };
  const kind = { entity: Participation, references, edges: {}, columns };
  await saveKind(saving, kind, rows, { idOf, isNew: (id) => !known.has(id) });
  await saving.end();
  return outside;
}

/** Entries as parts: what a change leaves out of the key is as it is stored, and records are named by their slugs. */
async function wholeParts(
  em: EntityManager,
  entries: readonly (ParticipationInput | Change<ParticipationInput>)[],
  changed: readonly Participation[],
): Promise<Part[]> {
  const parts = entries.map((entry: Change<ParticipationInput>): Part => {
    const known = changed.find(({ id }) => id === entry.id);
    const key = known && { project: known.project.id, partner: known.partner.id, role: known.role };
    return { ...key, ...entry } as Part;
  });
  const projects = await slugsOf(
    em,
    'project',
    parts.map(({ project }) => project),
  );
  const partners = await slugsOf(
    em,
    'partner',
    parts.flatMap(({ partner, replacedBy }) => [partner, replacedBy ?? []].flat()),
  );
  return parts.map((part) => ({
    ...part,
    project: projects.get(part.project) ?? part.project,
    partner: partners.get(part.partner) ?? part.partner,
    ...(part.replacedBy && { replacedBy: partners.get(part.replacedBy) ?? part.replacedBy }),
  }));
}

interface StoredPart extends Key {
  id: string;
  /** The key of the part that took this one over. */
  successor: string | null;
}

/** The stored parts of the projects that entries name, by key. */
async function storedParts(em: EntityManager, entries: readonly Part[]): Promise<ReadonlyMap<string, StoredPart>> {
  const { rows } = await sql<Key & { id: string; replacedBy: string | null }>`
    select c.id, j.slug as project, o.slug as partner, c.role, c.replaced_by_id as "replacedBy"
    from participation c join project j on j.id = c.project_id join partner o on o.id = c.partner_id
    where j.slug = any(${entries.map(({ project }) => project)}::text[])`.execute(em.getKysely<unknown>());
  const keys = new Map(rows.map((row) => [row.id, keyOf(row)]));
  return new Map(
    rows.map(({ replacedBy, ...row }) => [keyOf(row), { ...row, successor: keys.get(replacedBy ?? '') ?? null }]),
  );
}

/** The first day after what is known of a date. */
const afterSql = (date: string) =>
  sql.raw(`(${date} + case ${date}_precision when 'YEAR' then interval '1 year' when 'MONTH' then interval '1 month'
    else interval '1 day' end)::date::text`);

/** A part whose dates lie outside its project's: a warning where others report it, for they may know better. */
async function outsideOfProject(em: EntityManager, entries: readonly Part[]): Promise<EntryError[]> {
  const { rows } = await sql<{ slug: string; begins: string | null; ends: string | null }>`
    select slug, start_date::text as begins, ${afterSql('end_date')} as ends from project
    where slug = any(${entries.map(({ project }) => project)}::text[])`.execute(em.getKysely<unknown>());
  const spans = new Map(rows.map((row) => [row.slug, row]));
  return entries.flatMap((entry, index) => {
    const { begins = null, ends = null } = spans.get(entry.project) ?? {};
    return (['startDate', 'endDate'] as const).flatMap((field): EntryError[] => {
      const date = entry[field];
      if (!date) return [];
      // As much of the project's date as is known of this one: 2012 is not before 2012-05-01.
      const known = { YEAR: 4, MONTH: 7, DAY: 10 }[date.precision];
      const early = begins !== null && date.date.slice(0, known) < begins.slice(0, known);
      const late = ends !== null && date.date >= ends;
      if (!early && !late) return [];
      const message = `It lies ${early ? 'before the start' : 'after the end'} of ${entry.project}. Correct one of them.`;
      return [{ entry: index, field: [field], code: 'CONFLICT', message, isWarning: entry.origin === 'REPORTED' }];
    });
  });
}

/** Entries that come with an id, and are what another part is. */
function taken(entries: readonly Part[], stored: ReadonlyMap<string, StoredPart>): EntryError[] {
  return entries.flatMap((part, entry) => {
    const other = stored.get(keyOf(part));
    if (part.id === undefined || other === undefined || other.id === part.id) return [];
    const message = `'${part.partner}' takes part in ${part.project} as ${part.role} already. Change that record.`;
    return [{ entry, field: ['role'], code: 'DUPLICATE', message }];
  });
}

/** Parts that are taken over in a circle, through stored ones too. */
function circularSuccessors(entries: readonly Part[], stored: ReadonlyMap<string, StoredPart>): EntryError[] {
  const steps = new Map(Array.from(stored, ([key, { successor }]) => [key, successor === null ? [] : [successor]]));
  for (const part of entries)
    if (part.replacedBy !== undefined) steps.set(keyOf(part), [successorOf(part) ?? []].flat().map(keyOf));
  const listed = entries.map((part) => ({ key: keyOf(part), path: () => ['replacedBy'] }));
  return cyclesOf(steps, listed, 'replacedBy');
}

/** Successors that are neither listed nor stored. */
function lostSuccessors(entries: readonly Part[], stored: ReadonlyMap<string, StoredPart>): EntryError[] {
  const listed = new Set(entries.map(keyOf));
  return entries.flatMap((entry, index) => {
    const successor = successorOf(entry);
    if (successor === null || listed.has(keyOf(successor)) || stored.has(keyOf(successor))) return [];
    const message = `'${successor.partner}' has no entry as ${successor.role} of ${successor.project} that takes over from this one. Add it, or correct the slug.`;
    return { entry: index, field: ['replacedBy'], code: 'NOT_FOUND', message, missing: successor.partner };
  });
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { seedId } from '../../graph/ids.js';
import { cyclesOf } from '../cycle.service.js';
import type { EntryError } from '../manifest.js';
import { dateColumns, moneyColumns, provenance, saveRecords } from '../record.service.js';
import { repeated, resolve } from '../reference.service.js';
import { records } from '../records.js';
import { Participation } from './participation.entity.js';
import type { ParticipationInput } from './participation.inputs.js';

/** What tells participations apart. */
type Part = Pick<ParticipationInput, 'project' | 'partner' | 'role'>;

const keyOf = ({ project, partner, role }: Part): string => `${project}/${partner}/${role}`;

/** The part of whoever took this one over. */
const successorOf = ({ project, replacedBy, role }: ParticipationInput): Part | null =>
  replacedBy === null ? null : { project, partner: replacedBy, role };

/**
 * Creates or updates participations by project, partner and role; one that is no longer listed stays. Saves nothing
 * when an entry is wrong.
 */
export async function saveParticipations(em: EntityManager, entries: ParticipationInput[]): Promise<EntryError[]> {
  const references = { project: 'Project', partner: 'Partner', replacedBy: 'Partner' } as const;
  const { errors, idOf } = await resolve(em, entries, references);
  errors.push(...repeated(entries, 'project', 'partner', 'role'), ...lostSuccessors(entries));
  errors.push(...circularSuccessors(entries));
  const outside = await outsideOfProject(em, entries);
  errors.push(...outside.filter(({ isWarning }) => !isWarning));
  if (errors.length > 0) return errors;
  const idOfPart = await partIds(em, entries);
  const rows = entries.map((entry) => {
    const { order, regionCodeAtTheTime, startDate, endDate, budget, ...rest } = provenance(entry);
    const successor = successorOf(entry);
    return {
      ...rest,
      ...dateColumns('startDate', startDate),
      ...dateColumns('endDate', endDate),
      ...moneyColumns('budget', budget),
      id: idOfPart(entry),
      project: idOf('Project', entry.project),
      partner: idOf('Partner', entry.partner),
      position: order,
      regionCode: regionCodeAtTheTime,
      replacedBy: successor && idOfPart(successor),
    };
  });
  await saveRecords(em, Participation, rows);
  return outside;
}

/** The first day after what is known of a date. */
const afterSql = (date: string) =>
  sql.raw(`(${date} + case ${date}_precision when 'YEAR' then interval '1 year' when 'MONTH' then interval '1 month'
    else interval '1 day' end)::date::text`);

/** A part whose dates lie outside its project's: a warning where others report it, for they may know better. */
async function outsideOfProject(em: EntityManager, entries: ParticipationInput[]): Promise<EntryError[]> {
  const { rows } = await sql<{ slug: string; begins: string | null; ends: string | null }>`
    select slug, start_date::text as begins, ${afterSql('end_date')} as ends from project
    where slug = any(${entries.map(({ project }) => project)}::text[])`.execute(em.getKysely<unknown>());
  const spans = new Map(rows.map((row) => [row.slug, row]));
  return entries.flatMap((entry, index) => {
    const { begins = null, ends = null } = spans.get(entry.project) ?? {};
    return (['startDate', 'endDate'] as const).flatMap((field): EntryError[] => {
      const date = entry[field];
      if (date === null) return [];
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

/** The id of a part: the stored one, or the one that its key gives. */
async function partIds(em: EntityManager, entries: ParticipationInput[]): Promise<(part: Part) => string> {
  const { rows } = await sql<Part & { id: string }>`
    select c.id, j.slug as project, o.slug as partner, c.role
    from participation c join project j on j.id = c.project_id join partner o on o.id = c.partner_id
    where j.slug = any(${entries.map(({ project }) => project)}::text[])`.execute(em.getKysely<unknown>());
  const stored = new Map(rows.map((row) => [keyOf(row), row.id]));
  return (part) => stored.get(keyOf(part)) ?? seedId(records.Participation.prefix, keyOf(part));
}

/** Parts that are taken over in a circle. */
function circularSuccessors(entries: ParticipationInput[]): EntryError[] {
  const successors = entries.map((entry) => [keyOf(entry), [successorOf(entry) ?? []].flat().map(keyOf)] as const);
  const listed = successors.map(([key]) => ({ key, path: () => ['replacedBy'] }));
  return cyclesOf(new Map(successors), listed, 'replacedBy');
}

/** Successors that have no entry of their own. */
function lostSuccessors(entries: ParticipationInput[]): EntryError[] {
  const listed = new Set(entries.map(keyOf));
  return entries.flatMap((entry, index) => {
    const successor = successorOf(entry);
    if (successor === null || listed.has(keyOf(successor))) return [];
    const message = `'${successor.partner}' has no entry as ${successor.role} of ${successor.project} that takes over from this one. Add it, or correct the slug.`;
    return { entry: index, field: ['replacedBy'], code: 'NOT_FOUND', message, missing: successor.partner };
  });
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { seedId } from '../../graph/ids.js';
import type { EntryError } from '../manifest.js';
import { dateColumns, provenance, saveRecords } from '../record.service.js';
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
  if (errors.length > 0) return errors;
  const idOfPart = await partIds(em, entries);
  const rows = entries.map((entry) => {
    const { order, regionCodeAtTheTime, startDate, endDate, ...rest } = provenance(entry);
    const successor = successorOf(entry);
    return {
      ...rest,
      ...dateColumns('startDate', startDate),
      ...dateColumns('endDate', endDate),
      id: idOfPart(entry),
      project: idOf('Project', entry.project),
      partner: idOf('Partner', entry.partner),
      position: order,
      regionCode: regionCodeAtTheTime,
      replacedBy: successor && idOfPart(successor),
    };
  });
  await saveRecords(em, Participation, rows);
  return [];
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

/** Successors that have no entry of their own, or are their own successor. */
function lostSuccessors(entries: ParticipationInput[]): EntryError[] {
  const listed = new Set(entries.map(keyOf));
  return entries.flatMap((entry, index) => {
    const successor = successorOf(entry);
    if (successor === null || (listed.has(keyOf(successor)) && successor.partner !== entry.partner)) return [];
    const message = `'${successor.partner}' has no entry as ${successor.role} of ${successor.project} that takes over from this one. Add it, or correct the slug.`;
    return { entry: index, field: ['replacedBy'], code: 'NOT_FOUND', message, missing: successor.partner };
  });
}

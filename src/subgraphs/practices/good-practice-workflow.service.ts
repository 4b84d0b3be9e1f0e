import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { UserError } from '../../graph/errors.js';
import type { PublicationStatus } from '../record.fields.js';
import type { GoodPractice } from './good-practice.entity.js';
import { countedFields } from './good-practice-completeness.loaders.js';
import {
  minimum,
  publicationOf,
  publicationRefusals,
  refusalsOf,
  type Minimum,
  type WorkflowStatus,
} from './good-practice-workflow.fields.js';
import type { WorkflowStepInput } from './good-practice-workflow.inputs.js';

/** What whoever takes a step says of it. */
export interface SaidOfStep {
  /** Why; required where the step alone does not say it. */
  note: string | null;
  /** The address of a page that shows it. */
  source: string | null;
}

/**
 * Takes a practice that is held one step along the workflow: its status, who sees it, and a row of its history, together or
 * not at all. Returns what was wrong; nothing when the step is taken.
 */
export async function advanceGoodPractice(
  em: EntityManager,
  practice: GoodPractice,
  to: WorkflowStatus,
  said: SaidOfStep,
): Promise<UserError[]> {
  const { workflowStatus = null, publicationStatus, validationLevel = null } = practice;
  const missing = to === 'SUBMITTED' ? await missingIn(em, practice.id) : [];
  const refusals = refusalsOf({ publicationStatus, workflowStatus, missing, validationLevel }, to, said.note);
  if (refusals.length > 0) return refusals;
  await step(em, practice, { workflowStatus: to, publicationStatus: publicationOf[to] }, said);
  return [];
}

/** Takes a practice that is held back from everyone, or opens it again; where it stands in the workflow stays. */
export async function publishGoodPractice(
  em: EntityManager,
  practice: GoodPractice,
  to: 'PUBLISHED' | 'WITHDRAWN',
  said: SaidOfStep,
): Promise<UserError[]> {
  const { workflowStatus = null, publicationStatus } = practice;
  const refusals = publicationRefusals({ publicationStatus, workflowStatus }, to, said.note);
  if (refusals.length > 0) return refusals;
  // What was taken back as a draft is one again.
  const opened = workflowStatus === null ? to : publicationOf[workflowStatus];
  await step(em, practice, { workflowStatus, publicationStatus: to === 'PUBLISHED' ? opened : to }, said);
  return [];
}

interface Stand {
  workflowStatus: WorkflowStatus | null;
  publicationStatus: PublicationStatus;
}

/** Who took it is in the revision of the version that it leads to. */
async function step(em: EntityManager, practice: GoodPractice, to: Stand, { note, source }: SaidOfStep): Promise<void> {
  const from = practice.workflowStatus ?? null;
  em.assign(practice, { ...to, withdrawnReason: to.publicationStatus === 'WITHDRAWN' ? note : null });
  await em.flush();
  // A practice that others report has no way through the review: its revisions tell what happened to it.
  if (from === null || to.workflowStatus === null) return;
  await sql`insert into good_practice_step
      (practice_id, position, from_status, to_status, note, source_url, publication_status, version)
    select g.id, (select count(*) + 1 from good_practice_step s where s.practice_id = g.id),
      ${from}, ${to.workflowStatus}, ${note}, ${source}, ${to.publicationStatus}, g.version
    from good_practice g where g.id = ${practice.id}`.execute(em.getKysely<unknown>());
}

/** What a stored practice lacks before it may be submitted. */
async function missingIn(em: EntityManager, id: string): Promise<Minimum[]> {
  const has = (Object.keys(minimum) as Minimum[]).map(
    (field) => sql`select ${field} as field where not ${sql.raw(`(${countedFields[field]})`)}`,
  );
  const { rows } = await sql<{ field: Minimum }>`
    select m.field from good_practice t cross join lateral (${sql.join(has, sql` union all `)}) m
    where t.id = ${id}`.execute(em.getKysely<unknown>());
  return rows.map(({ field }) => field);
}

/** What the steps of an entry make of a practice; nothing of one that never was in the workflow, whoever sees that. */
export function workflowColumns(steps: readonly WorkflowStepInput[] | null) {
  if (steps === null) return {};
  const { to: workflowStatus, note } = steps.at(-1) ?? { to: 'DRAFT', note: null };
  const publicationStatus = publicationOf[workflowStatus];
  return { workflowStatus, publicationStatus, withdrawnReason: publicationStatus === 'WITHDRAWN' ? note : null };
}

/** Makes the steps of these stored practices those that they list, where they list any; leaves alone what is so already. */
export async function saveWorkflows(
  em: EntityManager,
  practices: readonly { id: string; workflow?: readonly WorkflowStepInput[] | null }[],
  isNew: (id: string) => boolean,
): Promise<void> {
  const told = practices.flatMap(({ id, workflow }) =>
    workflow && (workflow.length > 0 || !isNew(id)) ? [{ id, workflow }] : [],
  );
  if (told.length === 0) return;
  const wanted = told.flatMap(({ id, workflow }) =>
    workflow.map(({ to, note }, index) => ({
      id,
      position: index + 1,
      from: workflow[index - 1]?.to ?? 'DRAFT',
      to,
      note,
    })),
  );
  await sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
        as w (id text, position int, "from" text, "to" text, note text)),
    gone as (
      delete from good_practice_step s where s.practice_id = any(${told.map(({ id }) => id)}::text[])
        and not exists (select from wanted w where w.id = s.practice_id and w.position = s.position))
    insert into good_practice_step as s (practice_id, position, from_status, to_status, note)
    select id, position, "from", "to", note from wanted
    on conflict (practice_id, position) do update
      set from_status = excluded.from_status, to_status = excluded.to_status, note = excluded.note
    where (s.from_status, s.to_status, s.note) is distinct from
      (excluded.from_status, excluded.to_status, excluded.note)`.execute(em.getKysely<unknown>());
}

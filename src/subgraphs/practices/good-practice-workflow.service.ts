import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { UserError } from '../../graph/errors.js';
import { GoodPractice } from './good-practice.entity.js';
import { publicationOf, refusalOf, type WorkflowStatus } from './good-practice-workflow.fields.js';
import type { WorkflowStepInput } from './good-practice-workflow.inputs.js';

export interface WorkflowStep {
  practiceId: string;
  to: WorkflowStatus;
  /** Why; required where the step alone does not say it. */
  note: string | null;
}

/**
 * Takes a practice one step along the workflow: its status, who sees it, and a row of its history, together or not at
 * all. Two at once wait for each other. Returns what was wrong; nothing when the step is taken.
 */
export function advanceGoodPractice(em: EntityManager, { practiceId, to, note }: WorkflowStep): Promise<UserError[]> {
  return em.transactional(async (tx) => {
    const practice = await tx.findOne(GoodPractice, { id: practiceId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (practice === null)
      return [{ field: ['practiceId'], code: 'NOT_FOUND', message: `No good practice has the id '${practiceId}'.` }];
    const { workflowStatus: from, publicationStatus, summary = null, validationLevel = null } = practice;
    const refusal = refusalOf({ publicationStatus, workflowStatus: from ?? null, summary, validationLevel }, to, note);
    if (refusal !== null) return [refusal];
    const published = publicationOf[to];
    tx.assign(practice, {
      workflowStatus: to,
      publicationStatus: published,
      withdrawnReason: published === 'WITHDRAWN' ? note : null,
    });
    await tx.flush();
    await sql`insert into good_practice_step (practice_id, position, from_status, to_status, note)
      select ${practiceId}, count(*) + 1, ${from}, ${to}, ${note} from good_practice_step
      where practice_id = ${practiceId}`.execute(tx.getKysely<unknown>());
    return [];
  });
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
  practices: readonly { id: string; workflow: readonly WorkflowStepInput[] | null }[],
): Promise<void> {
  const told = practices.flatMap(({ id, workflow }) => (workflow === null ? [] : [{ id, workflow }]));
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

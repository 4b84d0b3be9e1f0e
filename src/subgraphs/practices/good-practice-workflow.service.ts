import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { UserError } from '../../graph/errors.js';
import { GoodPractice } from './good-practice.entity.js';
import { publicationOf, refusalOf, type WorkflowStatus } from './good-practice-workflow.fields.js';

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

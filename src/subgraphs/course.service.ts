import type { EntityManager } from '@mikro-orm/postgresql';
import type { UserError } from '../graph/errors.js';
import type { Step, StepInput } from './mutations.js';
import type { Stored } from './mutation.service.js';
import type { PublicationStatus } from './record.fields.js';

/** The way that records of one kind may go. */
export interface Course<Status extends string> {
  /** In the words of a sentence, such as `action plan`. */
  noun: string;
  next: Readonly<Record<Status, readonly Status[]>>;
  /** Steps that nobody understands without a word about why. */
  explained: readonly Status[];
}

/** Why a record may not take this step; empty when it may. From a status that nobody knows it may go anywhere. */
export function refusalsOf<Status extends string>(
  { noun, next, explained }: Course<Status>,
  from: Status | null,
  to: Status,
  note: string | null,
): UserError[] {
  if (from !== null && !next[from].includes(to)) {
    const ways = next[from].length === 0 ? 'It ends there' : `From there it goes to ${next[from].join(' or ')}`;
    const message = `The ${noun} is ${from} and cannot become ${to}. ${ways}.`;
    return [{ field: ['status'], code: 'IMPOSSIBLE', message }];
  }
  if (!explained.includes(to) || note !== null) return [];
  return [{ field: ['note'], code: 'REQUIRED', message: `Say why it becomes ${to}.` }];
}

interface Published extends Stored {
  publicationStatus: PublicationStatus;
  withdrawnReason?: string | null;
}

const next = { DRAFT: ['PUBLISHED'], PUBLISHED: ['WITHDRAWN'], WITHDRAWN: ['PUBLISHED'] } as const;

/** The steps of records that nobody reviews: they are opened, and taken back, by those who write them. */
export function publicationSteps(noun: string): { Publish: Step<Published>; Withdraw: Step<Published> } {
  const to = (status: 'PUBLISHED' | 'WITHDRAWN', description: string): Step<Published> => ({
    description,
    take: async (em: EntityManager, record, { note }: StepInput) => {
      const course: Course<PublicationStatus> = { noun, next, explained: ['WITHDRAWN'] };
      const refusals = refusalsOf(course, record.publicationStatus, status, note);
      if (refusals.length > 0) return refusals;
      const withdrawnReason = status === 'WITHDRAWN' ? note : null;
      em.assign(record, { publicationStatus: status, withdrawnReason } as never);
      await em.flush();
      return [];
    },
  });
  return {
    Publish: to('PUBLISHED', `Opens the ${noun} to everyone: a draft, or one that was withdrawn.`),
    Withdraw: to(
      'WITHDRAWN',
      `Takes the ${noun} back from everyone; the note says why, and it can be published again.`,
    ),
  };
}

import type { EntityManager } from '@mikro-orm/postgresql';
import type { UserError } from '../graph/errors.js';
import type { Stored } from './mutation.service.js';
import type { Step, StepInput } from './mutations.js';
import type { PublicationStatus } from './record.fields.js';

/** What may be open to everyone, or not. */
export interface Published extends Stored {
  publicationStatus: PublicationStatus;
  withdrawnReason?: string | null;
}

/** Opens a record that is held to everyone, or takes it back; what was wrong, nothing when that is done. */
export async function publish(
  em: EntityManager,
  record: Published,
  to: 'PUBLISHED' | 'WITHDRAWN',
  { note }: StepInput,
): Promise<UserError[]> {
  const { publicationStatus: from } = record;
  if (from === to || (to === 'WITHDRAWN' && from === 'DRAFT')) {
    const next = from === 'PUBLISHED' ? 'It can be withdrawn.' : 'It can be published.';
    return [{ field: ['publicationStatus'], code: 'IMPOSSIBLE', message: `It is ${from}. ${next}` }];
  }
  if (to === 'WITHDRAWN' && !note) return [{ field: ['note'], code: 'REQUIRED', message: 'Say why it is withdrawn.' }];
  em.assign(record, { publicationStatus: to, withdrawnReason: to === 'WITHDRAWN' ? note : null });
  await em.flush();
  return [];
}

/** Publish and Withdraw, for records whose owners decide themselves who sees them. Revisions are their history. */
export const publicationSteps = <Record extends Published>(noun: string): { [name: string]: Step<Record> } => ({
  Publish: {
    description: `Opens a ${noun} to everyone, for the first time or again.`,
    take: (em, record, said: StepInput) => publish(em, record, 'PUBLISHED', said),
  },
  Withdraw: {
    description: `Takes a ${noun} back from everyone; the note says why.`,
    take: (em, record, said: StepInput) => publish(em, record, 'WITHDRAWN', said),
  },
});

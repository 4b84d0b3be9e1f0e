import type { UserError } from '../graph/errors.js';

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

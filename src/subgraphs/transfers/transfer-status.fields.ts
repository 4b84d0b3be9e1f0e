import type { TransferStatus } from './transfer.fields.js';

/**
 * What may follow each status when users move a transfer on. ON_HOLD leads back to the status before it; its own line
 * holds for a transfer of which nothing before is known.
 */
const onward: Record<TransferStatus, readonly TransferStatus[]> = {
  INTEREST: ['ASSESSED', 'ON_HOLD', 'ABANDONED', 'NOT_FEASIBLE'],
  ASSESSED: ['PLANNED', 'ON_HOLD', 'ABANDONED', 'NOT_FEASIBLE'],
  PLANNED: ['IN_PROGRESS', 'ON_HOLD', 'ABANDONED', 'NOT_FEASIBLE'],
  IN_PROGRESS: ['IMPLEMENTED', 'ON_HOLD', 'ABANDONED'],
  IMPLEMENTED: ['MAINSTREAMED', 'ON_HOLD', 'ABANDONED'],
  MAINSTREAMED: [],
  ON_HOLD: ['INTEREST', 'ASSESSED', 'PLANNED', 'IN_PROGRESS', 'ABANDONED', 'NOT_FEASIBLE'],
  ABANDONED: [],
  NOT_FEASIBLE: [],
};

/** A status that a user gives to a transfer. */
export interface StatusStep {
  /** The statuses so far, the present one last; empty for a new transfer, which may begin with any. */
  history: readonly TransferStatus[];
  to: TransferStatus;
  hasDate: boolean;
  hasSource: boolean;
  hasPolicyInstrument: boolean;
  fundingIsLasting: boolean;
}

/** What keeps a step from being taken, and the part of the step that it is about. */
export interface StatusRefusal {
  about: 'status' | 'date' | 'source' | 'policyInstrument';
  code: 'IMPOSSIBLE' | 'REQUIRED';
  message: string;
}

/** The statuses that may follow this history. */
export function possibleAfter(history: readonly TransferStatus[]): readonly TransferStatus[] {
  const current = history.at(-1);
  if (current === undefined) return Object.keys(onward) as TransferStatus[];
  if (current !== 'ON_HOLD') return onward[current];
  const held = history.findLast((status) => status !== 'ON_HOLD');
  if (held === undefined) return onward.ON_HOLD;
  return [held, ...onward[held].filter((status) => status === 'ABANDONED' || status === 'NOT_FEASIBLE')];
}

/** Everything that keeps a user from this step; empty when it may be taken. */
export function refusalsOf(step: StatusStep): StatusRefusal[] {
  const { history, to } = step;
  const possible = possibleAfter(history);
  if (!possible.includes(to)) {
    const next = possible.length === 0 ? 'Nothing follows it.' : `Possible from here: ${possible.join(', ')}.`;
    return [{ about: 'status', code: 'IMPOSSIBLE', message: `${to} cannot follow ${history.at(-1)}. ${next}` }];
  }
  const refusals: StatusRefusal[] = [];
  const required = (about: StatusRefusal['about'], message: string) =>
    refusals.push({ about, code: 'REQUIRED', message });
  if (to === 'IMPLEMENTED' && !step.hasDate)
    required('date', 'It is missing. IMPLEMENTED needs the date from which the practice is at work.');
  if (to === 'IMPLEMENTED' && !step.hasSource)
    required('source', 'It is missing. IMPLEMENTED needs a page that shows the practice at work.');
  if (to === 'MAINSTREAMED' && !step.hasPolicyInstrument && !step.fundingIsLasting)
    required(
      'policyInstrument',
      'It is missing. MAINSTREAMED needs the policy instrument that carries it, or funding that is said to last.',
    );
  return refusals;
}

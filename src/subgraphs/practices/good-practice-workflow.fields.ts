import type { PublicationStatus } from '../record.fields.js';

export const WorkflowStatus = {
  DRAFT: 'DRAFT',
  SUBMITTED: 'SUBMITTED',
  ACCEPTED_BY_PROJECT: 'ACCEPTED_BY_PROJECT',
  VALIDATED: 'VALIDATED',
  ARCHIVED: 'ARCHIVED',
  CHANGES_REQUESTED: 'CHANGES_REQUESTED',
  DECLINED: 'DECLINED',
} as const;
export type WorkflowStatus = keyof typeof WorkflowStatus;

/** Where a practice may go from where it is. */
export const transitions: Record<WorkflowStatus, readonly WorkflowStatus[]> = {
  DRAFT: ['SUBMITTED'],
  SUBMITTED: ['ACCEPTED_BY_PROJECT', 'CHANGES_REQUESTED', 'DECLINED'],
  CHANGES_REQUESTED: ['SUBMITTED'],
  ACCEPTED_BY_PROJECT: ['VALIDATED', 'CHANGES_REQUESTED', 'ARCHIVED'],
  VALIDATED: ['ARCHIVED'],
  DECLINED: ['DRAFT'],
  ARCHIVED: [],
};

/** Who sees it: the project's word opens a practice to everyone, an archived one is taken back. */
export const publicationOf: Record<WorkflowStatus, PublicationStatus> = {
  DRAFT: 'DRAFT',
  SUBMITTED: 'DRAFT',
  CHANGES_REQUESTED: 'DRAFT',
  DECLINED: 'DRAFT',
  ACCEPTED_BY_PROJECT: 'PUBLISHED',
  VALIDATED: 'PUBLISHED',
  ARCHIVED: 'WITHDRAWN',
};

/** Steps that nobody understands without a word about why. */
const explained: readonly WorkflowStatus[] = ['CHANGES_REQUESTED', 'DECLINED', 'ARCHIVED'];

/** What the guards look at. */
export interface WorkflowState {
  publicationStatus: PublicationStatus;
  /** Null for a practice that others report: it never was in the workflow. */
  workflowStatus: WorkflowStatus | null;
  summary: string | null;
  validationLevel: string | null;
}

export interface Refusal {
  field: string[];
  code: 'IMPOSSIBLE' | 'REQUIRED';
  message: string;
}

/** Why a practice may not take this step; null when it may. */
export function refusalOf(state: WorkflowState, to: WorkflowStatus, note: string | null): Refusal | null {
  const impossible = (message: string): Refusal => ({ field: ['status'], code: 'IMPOSSIBLE', message });
  const required = (field: string, message: string): Refusal => ({ field: [field], code: 'REQUIRED', message });
  const from = state.workflowStatus;
  if (from === null)
    return impossible('Others report this practice: it is not in the workflow. Its owner may enter one of its own.');
  if (state.publicationStatus === 'WITHDRAWN' && from !== 'ARCHIVED')
    return impossible('The practice is withdrawn. Publish it again first.');
  const next = transitions[from];
  if (!next.includes(to)) {
    const choices = next.length === 0 ? 'It ends there' : `From there it goes to ${next.join(' or ')}`;
    return impossible(`The practice is ${from} and cannot become ${to}. ${choices}.`);
  }
  if (explained.includes(to) && !note?.trim()) return required('note', `Say why it becomes ${to}.`);
  if (to === 'SUBMITTED' && !state.summary?.trim())
    return required('summary', 'It has no summary. Write one paragraph before you submit it.');
  if (to === 'VALIDATED' && state.validationLevel !== 'EXPERT' && state.validationLevel !== 'LABEL')
    return required('validation', 'No validation is recorded. Give its level, EXPERT or LABEL, first.');
  return null;
}

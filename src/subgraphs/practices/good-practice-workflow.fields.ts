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

/** What a practice must say before anybody is asked to look at it. */
export const minimum = {
  summary: 'It has no summary. Write one paragraph before you submit it.',
  evidence: 'It has no evidence. Say in words why it is good, or add a measurement, before you submit it.',
  regions: 'It names no region. Say where it is at work before you submit it.',
  owner: 'It has no owner. Name the organisation before you submit it.',
} as const;
export type Minimum = keyof typeof minimum;

/** What the guards look at. */
export interface WorkflowState {
  publicationStatus: PublicationStatus;
  /** Null for a practice that others report: it never was in the workflow. */
  workflowStatus: WorkflowStatus | null;
  /** What it does not say yet. */
  missing: readonly Minimum[];
  validationLevel: string | null;
}

export interface Refusal {
  field: string[];
  code: 'IMPOSSIBLE' | 'REQUIRED';
  message: string;
}

const impossible = (message: string): Refusal[] => [{ field: ['status'], code: 'IMPOSSIBLE', message }];
const required = (field: string, message: string): Refusal => ({ field: [field], code: 'REQUIRED', message });

/** Why a practice may not take this step; empty when it may. */
export function refusalsOf(state: WorkflowState, to: WorkflowStatus, note: string | null): Refusal[] {
  const { workflowStatus: from, publicationStatus, missing, validationLevel } = state;
  if (from === null)
    return impossible('Others report this practice: it is not in the workflow. Its owner may enter one of its own.');
  if (publicationStatus === 'WITHDRAWN' && from !== 'ARCHIVED')
    return impossible('The practice is withdrawn. Publish it again first.');
  const next = transitions[from];
  if (!next.includes(to)) {
    const choices = next.length === 0 ? 'It ends there' : `From there it goes to ${next.join(' or ')}`;
    return impossible(`The practice is ${from} and cannot become ${to}. ${choices}.`);
  }
  const refusals: Refusal[] = [];
  if (explained.includes(to) && !note?.trim()) refusals.push(required('note', `Say why it becomes ${to}.`));
  if (to === 'SUBMITTED') refusals.push(...missing.map((field) => required(field, minimum[field])));
  if (to === 'VALIDATED' && validationLevel !== 'EXPERT' && validationLevel !== 'LABEL')
    refusals.push(required('validation', 'No validation is recorded. Give its level, EXPERT or LABEL, first.'));
  return refusals;
}

/** Why a practice may not be taken back, or opened again; empty when it may. What its review says stays as it is. */
export function publicationRefusals(
  { publicationStatus, workflowStatus }: Pick<WorkflowState, 'publicationStatus' | 'workflowStatus'>,
  to: 'PUBLISHED' | 'WITHDRAWN',
  note: string | null,
): Refusal[] {
  if (to === 'WITHDRAWN') {
    if (publicationStatus !== 'PUBLISHED')
      return impossible(`The practice is ${publicationStatus}: there is nothing to take back.`);
    return note?.trim() ? [] : [required('note', 'Say why it is withdrawn.')];
  }
  if (publicationStatus === 'PUBLISHED' || (publicationStatus === 'DRAFT' && workflowStatus !== null))
    return impossible(
      `The practice is ${publicationStatus}. Only what was withdrawn is published again; a draft is submitted and accepted.`,
    );
  return workflowStatus === 'ARCHIVED' ? impossible('The practice is ARCHIVED. It ends there.') : [];
}

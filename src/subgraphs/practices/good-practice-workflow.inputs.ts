import { z } from 'zod';
import type { Origin } from '../record.fields.js';
import { optional, text } from '../record.inputs.js';
import { publicationOf, refusalOf, WorkflowStatus } from './good-practice-workflow.fields.js';

/** A step that a practice took, as its entry tells it. */
export const workflowStepInput = z.strictObject({
  to: z.enum(WorkflowStatus),
  /** Why; required where the step alone does not say it. */
  note: optional(text),
});
export type WorkflowStepInput = z.output<typeof workflowStepInput>;

/** A practice with its steps, as far as their rules ask. */
interface Told {
  origin: Origin;
  summary: string | null;
  validation: { level: string } | null;
  workflow: WorkflowStepInput[] | null;
}

/** Refuses steps that the workflow does not have; with `<object>.check(inWorkflow)`. */
export function inWorkflow({ value, issues }: z.core.ParsePayload<Told>): void {
  const { origin, summary, validation, workflow } = value;
  const refuse = (path: (string | number)[], message: string) =>
    void issues.push({ code: 'custom', input: workflow, path: ['workflow', ...path], message });
  if (workflow !== null && origin === 'REPORTED')
    refuse([], 'Others report this practice: it never was in the workflow. Take it out, or correct the origin.');
  let from: WorkflowStatus = 'DRAFT';
  for (const [index, { to, note }] of (workflow ?? []).entries()) {
    const state = { workflowStatus: from, publicationStatus: publicationOf[from], summary };
    const refusal = refusalOf({ ...state, validationLevel: validation?.level ?? null }, to, note);
    if (refusal) refuse([index, 'to'], refusal.message);
    from = to;
  }
}

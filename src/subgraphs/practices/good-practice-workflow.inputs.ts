import { z } from 'zod';
import type { Origin } from '../record.fields.js';
import { optional, text } from '../record.inputs.js';
import { minimum, publicationOf, refusalsOf, WorkflowStatus, type Minimum } from './good-practice-workflow.fields.js';

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
  evidence: string | null;
  measurements: unknown[];
  regions: string[];
  owner: string | null;
  ownerText: string | null;
  validation: { level: string } | null;
  workflow: WorkflowStepInput[] | null;
}

const missingIn = ({ summary, evidence, measurements, regions, owner, ownerText }: Told): Minimum[] => {
  const has = {
    summary: summary !== null,
    evidence: evidence !== null || measurements.length > 0,
    regions: regions.length > 0,
    owner: owner !== null || ownerText !== null,
  };
  return (Object.keys(minimum) as Minimum[]).filter((field) => !has[field]);
};

/** Refuses steps that the workflow does not have; with `<object>.check(inWorkflow)`. */
export function inWorkflow({ value, issues }: z.core.ParsePayload<Told>): void {
  const { origin, validation, workflow } = value;
  const refuse = (path: (string | number)[], message: string) =>
    void issues.push({ code: 'custom', input: workflow, path: ['workflow', ...path], message });
  if (workflow !== null && origin === 'REPORTED')
    refuse([], 'Others report this practice: it never was in the workflow. Take it out, or correct the origin.');
  let from: WorkflowStatus = 'DRAFT';
  for (const [index, { to, note }] of (workflow ?? []).entries()) {
    const state = { workflowStatus: from, publicationStatus: publicationOf[from], missing: missingIn(value) };
    const refusals = refusalsOf({ ...state, validationLevel: validation?.level ?? null }, to, note);
    for (const { message } of refusals) refuse([index, 'to'], message);
    from = to;
  }
}

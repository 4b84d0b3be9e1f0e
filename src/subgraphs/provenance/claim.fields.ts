import type { Fields, RowOf } from '../../graph/fields.js';
import { eventFields } from '../activities/event.fields.js';
import { sessionFields } from '../activities/session.fields.js';
import { eventRoleFields } from '../activities/event-role.fields.js';
import { outputFields } from '../activities/output.fields.js';
import { outputUpdateFields } from '../activities/output-update.fields.js';
import { taskFields } from '../activities/task.fields.js';
import { actionPlanFields } from '../activities/action-plan.fields.js';
import { actionFields } from '../activities/action.fields.js';
import { goodPracticeFields } from '../practices/good-practice.fields.js';
import { indicatorFields } from '../practices/indicator.fields.js';
import { measurementFields } from '../practices/measurement.fields.js';
import { themeFields } from '../practices/theme.fields.js';
import { participationFields } from '../directory/participation.fields.js';
import { partnerFields } from '../directory/partner.fields.js';
import { placeFields } from '../directory/place.fields.js';
import { programmeFields } from '../directory/programme.fields.js';
import { projectFields } from '../directory/project.fields.js';
import { regionFields } from '../directory/region.fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf, type RecordTypeName } from '../records.js';
import { outcomeFields } from '../transfers/outcome.fields.js';
import { policyInstrumentFields } from '../transfers/policy-instrument.fields.js';
import { transferFields } from '../transfers/transfer.fields.js';
import type { Claim } from './claim.entity.js';

export const claimFields = {
  ...recordOf('Claim'),
  columns: [
    ...recordFields,
    'recordId',
    'field',
    'subject',
    'value',
    'amount',
    'currency',
    'qualifier',
    'sourceId',
    'isSelected',
  ],
  sizes: {
    '*.claims': 1,
    'Project.claims': 4,
  },
  maxAge: 60,
} as const satisfies Fields;

export type ClaimRow = RowOf<Claim, typeof claimFields>;

/** The declarations of the records that claims may be about. */
const claimable: Record<Exclude<RecordTypeName, 'Source' | 'Claim'>, Fields> = {
  Region: regionFields,
  Place: placeFields,
  Programme: programmeFields,
  Project: projectFields,
  Partner: partnerFields,
  Participation: participationFields,
  GoodPractice: goodPracticeFields,
  Theme: themeFields,
  Indicator: indicatorFields,
  Measurement: measurementFields,
  Transfer: transferFields,
  PolicyInstrument: policyInstrumentFields,
  Outcome: outcomeFields,
  Event: eventFields,
  Session: sessionFields,
  EventRole: eventRoleFields,
  Output: outputFields,
  OutputUpdate: outputUpdateFields,
  Task: taskFields,
  ActionPlan: actionPlanFields,
  Action: actionFields,
};

/** Fields that no declaration names: lists of other records below this one. */
const lists: Partial<Record<RecordTypeName, readonly string[]>> = { Project: ['participations'] };

export type ClaimableType = keyof typeof claimable;

/** Whether claims may be about records of a type. */
export const isClaimable = (type: string): type is ClaimableType => Object.hasOwn(claimable, type);

/** The types whose records have a slug, or a region's code, to be named by. */
export const claimableTypes = (Object.keys(claimable) as ClaimableType[]).filter((type) =>
  claimable[type].columns.some((column) => column === 'slug' || column === 'code'),
);

/** What says how a row is kept, not what is known of its subject; nobody claims otherwise. */
const bookkeeping = new Set<string>([...recordFields, 'slug', 'path']);

/** The fields of a type that sources can contradict each other about, as the graph names them. */
export function claimableFields(type: ClaimableType): string[] {
  const { columns, computed, derived, references, edges } = claimable[type];
  const declared = [...columns, ...[computed, derived, references, edges].flatMap((each) => Object.keys(each ?? {}))];
  const named = declared.filter((name) => !bookkeeping.has(name)).map(fieldOfColumn);
  return [...new Set([...named, ...(lists[type] ?? [])])];
}

/** Two columns of an amount are one field, the key of an edge is the edge: `budgetAmount` is `budget`. */
const fieldOfColumn = (column: string) => column.replace(/(?<=[a-z])(Amount|Currency|Id)$/, '');

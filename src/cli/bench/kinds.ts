import { actionPlanRows, claimRows, eventRows, outputRows, taskRows } from './activity.rows.js';
import { partnerRows, placeRows, programmeRows, projectRows, sourceRows } from './directory.rows.js';
import { indicatorRows, practiceRows, themeRows } from './practice.rows.js';
import { policyInstrumentRows, transferRows } from './transfer.rows.js';
import type { Add, Kind, World } from './world.js';

interface KindOfRecord {
  type: Kind;
  /** How many rows one of them is with its parts, about: what the time left is estimated by. */
  rows: number;
  /** Makes one record with its parts; a row comes after those that it refers to. */
  make(world: World, index: number, add: Add): void;
}

/** Every kind that is made by the number, each after those that it refers to. */
export const kinds: readonly KindOfRecord[] = [
  { type: 'Source', rows: 1, make: sourceRows },
  { type: 'Programme', rows: 1, make: programmeRows },
  { type: 'Theme', rows: 1, make: themeRows },
  { type: 'Indicator', rows: 1, make: indicatorRows },
  { type: 'Place', rows: 1, make: placeRows },
  { type: 'Partner', rows: 1, make: partnerRows },
  { type: 'Project', rows: 10, make: projectRows },
  { type: 'PolicyInstrument', rows: 1, make: policyInstrumentRows },
  { type: 'GoodPractice', rows: 12, make: practiceRows },
  { type: 'Transfer', rows: 8, make: transferRows },
  { type: 'Event', rows: 12, make: eventRows },
  { type: 'Output', rows: 3, make: outputRows },
  { type: 'Task', rows: 1, make: taskRows },
  { type: 'ActionPlan', rows: 6, make: actionPlanRows },
  { type: 'Claim', rows: 1, make: claimRows },
];

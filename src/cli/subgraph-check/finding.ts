import type { Said } from '../../graph/joining/said.js';

/** What is checked, in this order; where one cannot run, those that need it are skipped. */
export const checks = ['parse', 'lint', 'policy', 'composition', 'diff', 'replay', 'plans', 'probe'] as const;

export type Check = (typeof checks)[number];

/** One line of the report. */
export interface Finding extends Said {
  check: Check;
}

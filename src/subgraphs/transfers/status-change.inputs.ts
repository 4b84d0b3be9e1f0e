import { z } from 'zod';
import { optional, partialDate, recordKey, text, url, type PartialDate } from '../record.inputs.js';
import type { Origin } from '../record.fields.js';
import { TransferStatus } from './transfer.fields.js';
import { refusalsOf } from './transfer-status.fields.js';

/** A status that a transfer had before its present one, as an entry tells it. */
export const earlierStatusInput = z.strictObject({
  status: z.enum(TransferStatus),
  on: optional(partialDate),
  note: optional(text),
  source: optional(url),
});
export type EarlierStatus = z.output<typeof earlierStatusInput>;

/** What whoever moves a transfer on tells beside a note and a source. */
export const statusChange = {
  on: optional(partialDate).describe('Since when, as 2012, 2012-05 or 2012-05-31.'),
  policyInstrument: optional(recordKey).describe('The policy instrument that carries it from now on, by slug or id.'),
  fundingIsLasting: optional(z.boolean()).describe('Whether its funding is there to stay.'),
};
export type StatusChangeInput = z.output<z.ZodObject<typeof statusChange>> & {
  note: string | null;
  source: string | null;
};

/** Whether one day surely lies after another, as far as both are known. */
export function isAfter(one: PartialDate, other: PartialDate): boolean {
  const lengths = { YEAR: 4, MONTH: 7, DAY: 10 };
  const known = Math.min(lengths[one.precision], lengths[other.precision]);
  return one.date.slice(0, known) > other.date.slice(0, known);
}

/** An entry with its statuses, as far as their rules ask. */
interface Told {
  origin: Origin;
  source: string | null;
  status: TransferStatus;
  reportedOn: string | null;
  earlier: EarlierStatus[];
  policyInstrument: string | null;
  fundingIsLasting: boolean | null;
}

interface Row {
  path: (string | number)[];
  /** The field of the entry that holds the date. */
  dateField: string;
  status: TransferStatus;
  on: PartialDate | null;
  source: string | null;
}

const rowsOf = ({ earlier, status, reportedOn, source }: Told): Row[] => [
  ...earlier.map((row, index) => ({ ...row, path: ['earlier', index], dateField: 'on' })),
  {
    path: [],
    dateField: 'reportedOn',
    status,
    on: reportedOn === null ? null : { date: reportedOn, precision: 'DAY' },
    source,
  },
];

interface Fault {
  path: (string | number)[];
  message: string;
}

/** Dates that run backwards, whoever tells them. */
function disorder(rows: Row[]): Fault[] {
  return rows.flatMap(({ on, path, dateField }, index) => {
    const next = rows.slice(index + 1).find((row) => row.on !== null);
    if (on === null || !next?.on || !isAfter(on, next.on)) return [];
    const message = `It lies after ${next.status}, which follows. Put the statuses in the order of their dates.`;
    return [{ path: [...path, dateField], message }];
  });
}

/** What others report is taken as reported, and every status of it needs its day and its page. */
function reportFaults(rows: Row[]): Fault[] {
  return rows.flatMap(({ path, dateField, on, source }) => [
    ...(on === null
      ? [{ path: [...path, dateField], message: 'It is missing. Say on which day the source reported this status.' }]
      : []),
    ...(source === null
      ? [{ path: [...path, 'source'], message: 'It is missing. Name the page that reported this status.' }]
      : []),
  ]);
}

/** What users tell of their own transfers keeps to the rules of its course. */
function courseFaults(told: Told, rows: Row[]): Fault[] {
  return rows.flatMap(({ path, dateField, status, on, source }, index) => {
    const fields = { status: 'status', date: dateField, source: 'source', policyInstrument: 'policyInstrument' };
    return refusalsOf({
      history: rows.slice(0, index).map((row) => row.status),
      to: status,
      hasDate: on !== null,
      hasSource: source !== null,
      hasPolicyInstrument: told.policyInstrument !== null,
      fundingIsLasting: told.fundingIsLasting === true,
    }).map(({ about, message }) => ({
      path: about === 'policyInstrument' ? [fields[about]] : [...path, fields[about]],
      message,
    }));
  });
}

/** Refuses statuses that cannot have followed each other; with `<object>.check(inCourse)`. */
export function inCourse(payload: z.core.ParsePayload<Told>): void {
  const rows = rowsOf(payload.value);
  const faults = payload.value.origin === 'REPORTED' ? reportFaults(rows) : courseFaults(payload.value, rows);
  for (const fault of [...faults, ...disorder(rows)])
    payload.issues.push({ code: 'custom', input: payload.value, ...fault });
}

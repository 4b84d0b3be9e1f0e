import type { Candidates } from './identify.js';
import { faultLine } from './import-error.js';
import type { Result } from './run.js';

/** What an import did, as the command prints it. */
export interface Done extends Result {
  file: string;
  dryRun: boolean;
  rejects: string | null;
  detected: readonly string[];
  stopped: string | null;
  seconds: number;
}

const number = (value: number) => value.toLocaleString('en');

/** What an import did, for people. */
export function summary(done: Done): string {
  const { dryRun, rows, rejected, faults, warnings, candidates, seconds } = done;
  const stored = dryRun ? 'would be stored' : 'stored';
  const lines = [
    `${done.file}: ${number(rows)} rows read, ${number(rows - rejected)} ${stored}, ${number(rejected)} rejected, in ${seconds} s.`,
    ...(dryRun ? ['  This was a dry run: nothing is stored.'] : []),
    ...done.detected.map((line) => `  ${line}`),
    ...Object.entries(done.records).map(
      ([kind, { created, updated, unchanged, met }]) =>
        `  ${kind}: ${number(created)} created, ${number(updated)} updated, ${number(unchanged)} unchanged, ${number(met)} of others left as they are`,
    ),
  ];
  if (candidates.count > 0) {
    lines.push(`Organisations that may be there under another name, kept apart: ${number(candidates.count)}`);
    lines.push(...more(candidates.count, candidates.examples.map(candidateLine)));
  }
  if (warnings.count > 0) {
    lines.push(`Stored, but look at it: ${number(warnings.count)}`);
    lines.push(
      ...more(
        warnings.count,
        warnings.examples.map((each) => `  ${faultLine(each)}${again(each)}`),
      ),
    );
  }
  if (rejected > 0) {
    lines.push(`Rejected rows: ${number(rejected)}${dryRun ? '' : `. Mend them in ${done.rejects} and import that:`}`);
    lines.push(...faults.map((each) => `  ${faultLine(each)}`));
    if (rejected > faults.length) lines.push('  …');
  }
  if (done.stopped !== null)
    lines.push(`The file could not be read to its end. ${done.stopped} Whole rows before that place are stored.`);
  return lines.join('\n');
}

const candidateLine = ({ row, name, slug, reason }: Candidates): string =>
  `  row ${row}: '${name}' (${slug}). ${reason}`;

const again = ({ further }: { further: number }) =>
  further > 0 ? ` Further rows that say so: ${number(further)}.` : '';

const more = (count: number, lines: readonly string[]): string[] =>
  count > lines.length ? [...lines, `  and ${number(count - lines.length)} more`] : [...lines];

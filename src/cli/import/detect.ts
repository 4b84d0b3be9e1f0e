import { cleaned, twoOrders, Unfit, type Writing } from './cell.js';
import { ImportError } from './import-error.js';
import type { DateOrder, DecimalMark } from './mapping.js';
import { everyOf, leavesOf, type Mapping } from './mapping-file.js';
import type { Row } from './rows.js';

/** What is looked at of a file before anything of it is stored. */
export const sampleSize = 2_000;

interface Seen {
  row: number;
  column: string;
  text: string;
}

/** The texts in the sample that become dates, or numbers, and whose field does not say how they are written. */
function textsOf(rows: readonly Row[], mapping: Mapping, kinds: readonly string[], own: 'dates' | 'decimal'): Seen[] {
  const columns = leavesOf(mapping)
    .filter(({ target, spec }) => kinds.includes(target.kind) && spec[own] == null)
    .flatMap(({ spec }) => [...(spec.column == null ? [] : [spec.column]), ...(spec.columns ?? [])]);
  const every = everyOf(columns, mapping);
  return rows.flatMap((row) =>
    every.flatMap((column) => {
      const value = row.cell(column);
      const text = typeof value === 'string' ? cleanedOrNull(value, mapping.empty) : null;
      return text === null ? [] : [{ row: row.number, column, text }];
    }),
  );
}

/** A cell that cannot be read says nothing of the others; its row tells of it. */
function cleanedOrNull(text: string, empty: ReadonlySet<string>): string | null {
  try {
    return cleaned(text, empty);
  } catch (error) {
    if (error instanceof Unfit) return null;
    throw error;
  }
}

const where = ({ row, column, text }: Seen) => `row ${row}, column ${column}: '${text}'`;

/** What the evidence says: one way, none at all, or nothing that can be told. Throws an ImportError where it must be said. */
function decided<Way extends string>(
  word: string,
  ways: readonly [Way, Way],
  seen: readonly { seen: Seen; says: Way | 'either' }[],
): { way: Way; reason: string } | null {
  const [first, second] = ways.map((way) => seen.find(({ says }) => says === way)?.seen);
  if (first && second)
    throw new ImportError(
      `Expected one way to write ${word}. Found: ${ways[0]} at ${where(first)}, and ${ways[1]} at ${where(second)}. Declare \`${word}\` for each field.`,
    );
  const [way, proof] = first ? [ways[0], first] : [ways[1], second];
  if (proof) return { way, reason: `from ${where(proof)}` };
  const doubtful = seen.find(({ says }) => says === 'either');
  if (doubtful)
    throw new ImportError(
      `Expected to see how ${word} are written. Found: ${where(doubtful.seen)}, which reads both ways, as do all others. Declare \`${word}: ${ways[0]}\` or \`${word}: ${ways[1]}\` in the mapping.`,
    );
  return null;
}

function orderSaid(text: string): DateOrder | 'either' | null {
  const [, first, second] = twoOrders.exec(text) ?? [];
  if (first === undefined || second === undefined || first === second) return null;
  if (Number(first) > 12 && Number(second) > 12) return null;
  if (Number(first) > 12) return 'day-first';
  return Number(second) > 12 ? 'month-first' : 'either';
}

/** `1.234,50` and `0,5` say comma; `1,234` says nothing; `12` has no mark. */
export function markSaid(text: string): DecimalMark | 'either' | null {
  const digits = text.replaceAll(/[\s'’+-]/g, '');
  if (!/^\d[\d.,]*$/.test(digits)) return null;
  const marks = digits.replaceAll(/\d/g, '');
  if (marks === '') return null;
  const last = marks.at(-1) === ',' ? 'comma' : 'point';
  const other = last === 'comma' ? 'point' : 'comma';
  if (new Set(marks).size === 2) return last;
  if (marks.length > 1) return other;
  const [whole = '', rest = ''] = digits.split(/[.,]/);
  return rest.length !== 3 || whole.length > 3 || whole.startsWith('0') ? last : 'either';
}

/** How dates and numbers are written: as the mapping says, else as the sample shows, which is told. */
export function writingOf(rows: readonly Row[], mapping: Mapping, told: string[]): Writing {
  let { dates, decimal } = mapping;
  if (dates === null) {
    const seen = textsOf(rows, mapping, ['date'], 'dates').flatMap((each) => {
      const says = orderSaid(each.text);
      return says === null || says === 'year-first' ? [] : [{ seen: each, says }];
    });
    const found = decided('dates', ['day-first', 'month-first'] as const, seen);
    dates = found?.way ?? null;
    if (found) told.push(`dates: ${found.way} (detected ${found.reason})`);
  }
  if (decimal === null) {
    const seen = textsOf(rows, mapping, ['number', 'int'], 'decimal').flatMap((each) => {
      const says = markSaid(each.text);
      return says === null ? [] : [{ seen: each, says }];
    });
    const found = decided('decimal', ['comma', 'point'] as const, seen);
    decimal = found?.way ?? null;
    if (found) told.push(`decimal: ${found.way} (detected ${found.reason})`);
  }
  return { dates, decimal };
}

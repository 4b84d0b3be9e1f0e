import type { Target } from './entry-fields.js';
import type { DateOrder, DecimalMark } from './mapping.js';

/** A cell longer than this is no text that anybody wrote. */
export const longestCell = 1_000_000;

/** What stands in the way of reading a cell: what was expected instead. */
export class Unfit extends Error {}

/** How numbers and dates of a column are written; null where that is not known, and plain ones alone are read. */
export interface Writing {
  dates: DateOrder | null;
  decimal: DecimalMark | null;
}

/** A text as people meant it: without what spreadsheets leave behind, and the spaces around it; null when it is empty. */
export function cleaned(text: string, empty: ReadonlySet<string>): string | null {
  if (text.includes('\0')) throw new Unfit('Text without the character NUL. Take it out.');
  if (text.length > longestCell) throw new Unfit(`At most ${longestCell.toLocaleString('en')} characters. Shorten it.`);
  const lines = text.replaceAll(/_x000D_\r?\n?|\r\n?/gi, '\n').replaceAll(/[^\S\n]+$/gm, '');
  const plain = lines.trim().normalize('NFC');
  return plain === '' || empty.has(plain) ? null : plain;
}

const orders: Record<DateOrder, string> = {
  'day-first': 'the day first: 31.12.2020',
  'month-first': 'the month first: 12/31/2020',
  'year-first': 'the year first: 2020-12-31',
};

const iso =
  /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
/** Day and month in either order, and the year; maybe with a time of day. */
export const twoOrders = /^(\d{1,2})[./-] ?(\d{1,2})[./-] ?(\d{4})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?$/;
const monthOfYear = /^(\d{1,2})[./-](\d{4})$/;

/** `31.12.2020` as `2020-12-31`; years and months stay what they are. */
function dateOf(text: string, order: DateOrder | null): string {
  const advice =
    order === null
      ? 'A date such as 2020-12-31; declare `dates: day-first` or `month-first` for others.'
      : `A date, ${orders[order]}, or 2020-12 or 2020 where no more is known.`;
  const [, year, month, dayOfMonth] = iso.exec(text) ?? [];
  if (year !== undefined) return realDay([year, month, dayOfMonth], advice);
  const [, inMonth, ofYear] = monthOfYear.exec(text) ?? [];
  if (ofYear !== undefined) return realDay([ofYear, inMonth, undefined], advice);
  const [, first, second, last] = twoOrders.exec(text) ?? [];
  if (last === undefined || order === null || order === 'year-first') throw new Unfit(advice);
  return realDay(order === 'day-first' ? [last, second, first] : [last, first, second], advice);
}

function realDay(parts: readonly (string | undefined)[], advice: string): string {
  const written = parts.flatMap((part) => (part === undefined ? [] : [part.padStart(2, '0')])).join('-');
  const whole = `${written}-01-01`.slice(0, 10);
  const date = new Date(`${whole}T00:00:00Z`);
  if (!Number.isNaN(date.getTime()) && date.toISOString().startsWith(whole)) return written;
  throw new Unfit(`A day that there is: ${advice.charAt(0).toLowerCase()}${advice.slice(1)}`);
}

const spaces = /[\s\u{a0}\u{202f}\u{2009}'’]/gu;

/** A number's digits without what groups them, and with a point. */
function numberOf(text: string, decimal: DecimalMark | null): string {
  const advice =
    decimal === null
      ? 'A whole number; declare `decimal: comma` or `point` for others.'
      : `A number such as ${decimal === 'comma' ? '1.234,50' : '1,234.50'}: the decimals after a ${decimal}.`;
  const [mark, group] = decimal === 'comma' ? [',', '\\.'] : ['\\.', ','];
  const compact = text.replaceAll(spaces, '');
  const shape = decimal === null ? /^[+-]?\d+$/ : new RegExp(`^[+-]?(\\d{1,3}(${group}\\d{3})+|\\d+)(${mark}\\d+)?$`);
  if (!shape.test(compact)) throw new Unfit(advice);
  const plain = compact.replace('+', '');
  return decimal === 'comma' ? plain.replaceAll('.', '').replace(',', '.') : plain.replaceAll(',', '');
}

const truths: Record<string, boolean> = {
  true: true,
  yes: true,
  y: true,
  1: true,
  false: false,
  no: false,
  n: false,
  0: false,
};

/** A cell's value as its field takes it. Throws an Unfit. */
export function converted(value: unknown, target: Target, writing: Writing): unknown {
  if (target.kind === 'list') return converted(value, target.of, writing);
  if (target.kind === 'object') throw new Unfit('A part for each field: name them with `fields`.');
  if (typeof value === 'object' && value !== null) throw new Unfit('One value, not a list or an object.');
  const text = String(value);
  if (target.kind === 'boolean') {
    const truth = truths[text.toLowerCase()];
    if (truth === undefined) throw new Unfit('true or false, yes or no; translate others by `values`.');
    return truth;
  }
  if (target.kind === 'choice') {
    if (!target.choices.includes(text))
      throw new Unfit(`One of ${target.choices.join(', ')}; translate others by \`values\`.`);
    return text;
  }
  if (target.kind === 'date') return dateOf(text, writing.dates);
  if (target.kind === 'text') return text;
  const number = typeof value === 'number' ? text : numberOf(text, writing.decimal);
  if (!/^-?\d+(\.\d+)?$/.test(number)) throw new Unfit('A number that can be written out, such as 1234.50.');
  if (target.kind === 'number') return number;
  if (!/^-?\d{1,15}(\.0*)?$/.test(number)) throw new Unfit('A whole number.');
  return Number(number);
}

import type { PartialDate } from './record.inputs.js';
import { dateColumns, moneyColumns } from './record.service.js';

type Values = Record<string, unknown>;

/** How one field of an entry lies in the columns of its record, both ways; entries as people write them. */
export interface Lying {
  to(value: unknown): Values;
  from(record: Values): unknown;
}

/** By field: how it lies in columns, or null where it is no column (edges, parts). Others are the column of their name. */
export type Lie = Readonly<Record<string, Lying | null>>;

const lengths: Record<string, number> = { YEAR: 4, MONTH: 7, DAY: 10 };

/** Lies in a column of another name. */
export const named = (column: string): Lying => ({
  to: (value) => ({ [column]: value }),
  from: (record) => record[column] ?? null,
});

export const dateIn = (column: string): Lying => ({
  to: (value) => dateColumns(column, value as PartialDate | null),
  from: (record) => {
    const day = record[column];
    return day == null ? null : String(day).slice(0, lengths[String(record[`${column}Precision`])]);
  },
});

export const moneyIn = (column: string): Lying => ({
  to: (value) => moneyColumns(column, value as { amount: string; currency: string } | null),
  from: (record) =>
    record[`${column}Amount`] == null
      ? null
      : { amount: String(record[`${column}Amount`]), currency: record[`${column}Currency`] },
});

/** A value type laid flat: each of its fields in a column, by the fields' names; absent when all of them are empty. */
export const flat = (columns: Readonly<Record<string, string | Lying>>): Lying => {
  const fields = Object.entries(columns).map(
    ([name, column]) => [name, typeof column === 'string' ? named(column) : column] as const,
  );
  return {
    to: (value) =>
      Object.assign({}, ...fields.map(([name, { to }]) => to((value as Values | null)?.[name] ?? null))) as Values,
    from: (record) => {
      const values = fields.map(([name, { from }]) => [name, from(record)] as const);
      return values.every(([, value]) => value === null) ? null : Object.fromEntries(values);
    },
  };
};

/** Two ways of lying side by side, of one value type. */
export const beside = (one: Lying, other: Lying): Lying => ({
  to: (value) => ({ ...one.to(value), ...other.to(value) }),
  from: (record) => {
    const [first, second] = [one.from(record), other.from(record)];
    return first === null ? null : { ...(first as Values), ...(second as Values | null) };
  },
});

/** The columns of an entry, or of those of its fields that are given. */
export function columnsOf(entry: object, lie: Lie): Values {
  return Object.assign(
    {},
    ...Object.entries(entry).map(([field, value]: [string, unknown]) => {
      const lying = lie[field];
      if (lying === undefined) return { [field]: value };
      return value === undefined ? {} : lying?.to(value);
    }),
  ) as Values;
}

/** A stored record as an entry of these fields: its references by id, without its edges and parts. */
export function entryOf(record: object, fields: readonly string[], lie: Lie): Values {
  const values = record as Values;
  return Object.fromEntries(
    fields.flatMap((field) => {
      const lying = lie[field];
      if (lying === null) return [];
      const value = lying ? lying.from(values) : values[field];
      const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
      return [[field, id ?? value ?? null]];
    }),
  );
}

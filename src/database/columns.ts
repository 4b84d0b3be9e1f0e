import { p } from '@mikro-orm/core';

/** Text compared by code point, so that ids, slugs, codes and paths order alike on every installation. */
export const code = () => p.string().columnType('text');

/** A choice stored as text; the migration holds the column to its values by a check constraint. */
export const choiceOf = <Values extends Record<string, string>>(_values: Values) =>
  p.string().$type<Values[keyof Values]>().columnType('text');

export const money = () => p.decimal().columnType('numeric(18,2)').nullable();
export const quantity = () => p.decimal().columnType('numeric').nullable();
/** A list of value types in one column. */
export const valuesOf = <Value extends object>() => p.json().$type<Value[]>().columnType('jsonb').defaultRaw("'[]'");
export const texts = () => p.array().columnType('text[]').defaultRaw("'{}'");

import type { Filter, Scalar } from '../../../../graph/filter.js';
import { facetNames } from '../document.js';
import { EngineFault } from '../engine.js';

/** A value between quotes. Halves of characters are in no index, and in no JSON. The backslash first: it would turn the one before a quote into a mere backslash. */
const quoted = (value: Scalar): string =>
  `"${String(value).toWellFormed().replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const everything = 'id EXISTS';
const nothing = 'id NOT EXISTS';

/** The attribute that holds a field. */
function attributeOf(field: string): string {
  if (field === 'id' || field === 'updated') return field;
  if (facetNames.some((name) => name === field)) return `facet.${field}`;
  throw new EngineFault('REFUSED', `No filter is known for '${field}'.`);
}

const instant = (value: Scalar): number => (typeof value === 'number' ? value : Date.parse(String(value)));

function bounds(field: string, { gte, lte }: { gte?: Scalar; lte?: Scalar }): string {
  if (field !== 'updated' && field !== 'year')
    throw new EngineFault('REFUSED', `'${field}' is not compared in this way.`);
  const number = field === 'updated' ? instant : Number;
  const parts = [
    gte === undefined ? [] : `${field} >= ${number(gte)}`,
    lte === undefined ? [] : `${field} <= ${number(lte)}`,
  ];
  return joined(parts.flat(), 'AND', everything);
}

function joined(parts: string[], word: 'AND' | 'OR', none: string): string {
  if (parts.length === 0) return none;
  return parts.length === 1 ? (parts[0] as string) : `(${parts.join(` ${word} `)})`;
}

/** The typed filter in the server's words. No text of a user's stands outside quotes. */
export function filterText(filter: Filter): string {
  if ('and' in filter) return joined(filter.and.map(filterText), 'AND', everything);
  if ('or' in filter) return joined(filter.or.map(filterText), 'OR', nothing);
  if ('not' in filter) return `NOT (${filterText(filter.not)})`;
  const { field } = filter;
  if ('within' in filter) return `${attributeOf(field)} = ${quoted(filter.within.path)}`;
  if ('exists' in filter) return `${attributeOf(field)} ${filter.exists ? 'EXISTS' : 'NOT EXISTS'}`;
  const value = (each: Scalar): string => (field === 'updated' ? String(instant(each)) : quoted(each));
  if ('eq' in filter) return `${attributeOf(field)} = ${value(filter.eq)}`;
  if ('in' in filter)
    return filter.in.length === 0 ? nothing : `${attributeOf(field)} IN [${filter.in.map(value).join(', ')}]`;
  if ('contains' in filter) throw new EngineFault('REFUSED', `'${field}' is not compared in this way.`);
  return bounds(field, filter);
}

export interface Near {
  latitude: number;
  longitude: number;
  /** Kilometres. */
  radius: number;
}

/** Filter and circle as one condition; undefined where all are meant. */
export function conditionText(filter: Filter, near: Near | null): string | undefined {
  const circle = near && `_geoRadius(${near.latitude}, ${near.longitude}, ${Math.round(near.radius * 1_000)})`;
  const text = filterText(filter);
  const parts = [text === everything ? [] : text, circle ?? []].flat();
  return parts.length === 0 ? undefined : parts.join(' AND ');
}

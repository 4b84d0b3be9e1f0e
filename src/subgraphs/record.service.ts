import type { EntityClass, EntityManager, RequiredEntityData } from '@mikro-orm/postgresql';
import type { JoinEdge } from '../graph/fields.js';
import type { DatePrecision } from './record.fields.js';
import type { PartialDate } from './record.inputs.js';
import { Saving, type Sourced } from './saving.service.js';

/**
 * Inserts the rows with a new id and updates the records that differ, and links them to their sources. Rows may refer
 * to each other.
 */
export async function saveRecords<Entity extends { id: string }>(
  em: EntityManager,
  type: EntityClass<Entity>,
  given: readonly (RequiredEntityData<Entity> & { id: string } & Sourced)[],
): Promise<void> {
  const saving = new Saving(em);
  await saving.records(type, given);
  await saving.end();
}

/** Makes an edge lead from each record to exactly these targets, in their order; leaves alone what is so already. */
export async function saveEdges(
  em: EntityManager,
  edge: JoinEdge,
  edges: readonly { id: string; targets: readonly string[] }[],
): Promise<void> {
  const saving = new Saving(em);
  saving.link(edge, edges);
  await saving.end();
}

/** Each of these keys with its number among those alike, from 0: a part keeps its own when another is put before it. */
export function numbered(keys: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return keys.map((key) => {
    const number = seen.get(key) ?? 0;
    seen.set(key, number + 1);
    return `${key}/${number}`;
  });
}

/** The columns of what every entry says of itself; `saveRecords` makes links of the sources. */
export function provenance<Entry extends { source: string }>({ source, ...entry }: Entry) {
  return { ...entry, sourceUrl: source };
}

type DateColumns<Name extends string> = Record<Name, string | null> & Record<`${Name}Precision`, DatePrecision | null>;

export function dateColumns<Name extends string>(name: Name, value: PartialDate | null): DateColumns<Name> {
  const columns = { [name]: value?.date ?? null, [`${name}Precision`]: value?.precision ?? null };
  return columns as DateColumns<Name>;
}

type MoneyColumns<Name extends string> = Record<`${Name}Amount` | `${Name}Currency`, string | null>;

export function moneyColumns<Name extends string>(
  name: Name,
  value: { amount: string; currency: string } | null,
): MoneyColumns<Name> {
  const columns = { [`${name}Amount`]: value?.amount ?? null, [`${name}Currency`]: value?.currency ?? null };
  return columns as MoneyColumns<Name>;
}

import { readSource } from '../seed-source.js';
import { newId, seedId } from '../../graph/ids.js';
import { currentVersion } from '../../subgraphs/directory/region.fields.js';
import { records, type RecordTypeName } from '../../subgraphs/records.js';

/** The seed files whose entries have a slug, which gives them their id. */
const seedFiles: Partial<Record<RecordTypeName, string>> = {
  Place: 'places.yaml',
  Programme: 'programmes.yaml',
  Project: 'projects.yaml',
  Partner: 'partners.yaml',
  GoodPractice: 'practices.yaml',
  Theme: 'themes.yaml',
  Transfer: 'transfers.yaml',
  Source: 'sources.yaml',
  Event: 'events.yaml',
  Output: 'outputs.yaml',
  Task: 'tasks.yaml',
  ActionPlan: 'action-plans.yaml',
  PolicyInstrument: 'policy-instruments.yaml',
};

/** Of each type at most, in one request. */
const atMost = 50;

const seeds = new URL('../../../seeds', import.meta.url).pathname;

/** Keys of records of ours that every installation with the real seeds has; none for types without seeds of their own. */
export async function realKeys(type: string, field: string): Promise<string[]> {
  if (type === 'Region') {
    const { entries } = await readSource(seeds, 'regions/countries.yaml');
    const countries = entries as { scheme: string; code: string }[];
    return countries.map(({ scheme, code }) =>
      field === 'id' ? seedId(records.Region.prefix, `${scheme}:${currentVersion}:${code}`) : code,
    );
  }
  const file = seedFiles[type as RecordTypeName];
  if (file === undefined) return [];
  const { entries } = await readSource(seeds, file);
  const slugs = entries.slice(0, atMost).map((entry) => String(Object(entry)['slug']));
  return field === 'id' ? slugs.map((slug) => seedId(records[type as RecordTypeName].prefix, slug)) : slugs;
}

/** A key that is well-formed and names nothing. */
export function unknownKey(type: string, field: string, isNumber: boolean): string | number {
  if (isNumber) return 2_147_483_647;
  return field === 'id' && type in records ? newId(records[type as RecordTypeName].prefix) : newId('xx');
}

/** What no key looks like; undefined is a key left out. */
export const malformedKeys: readonly unknown[] = [
  '',
  ' ',
  'x'.repeat(2_000),
  '\u0000',
  "'; --",
  null,
  true,
  [],
  {},
  undefined,
];

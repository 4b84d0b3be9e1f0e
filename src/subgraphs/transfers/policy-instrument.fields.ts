import type { Fields, RowOf } from '../../graph/fields.js';
import { countryFilter, regionFilter } from '../directory/region.fields.js';
import { originFilter, recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { PolicyInstrument } from './policy-instrument.entity.js';

const inForce = { sql: 't.region_id' };

export const policyInstrumentFields = {
  ...recordOf('PolicyInstrument'),
  columns: [...recordFields, 'slug', 'name', 'programmeText', 'website'],
  references: { region: { table: 'region' }, responsible: { table: 'partner' } },
  filters: {
    region: regionFilter(inForce, 'Where the instrument is in force; `within: "ES"` is all of Spain.'),
    country: countryFilter(inForce, 'Country codes as Eurostat writes them: EL for Greece.'),
    responsible: {
      kind: 'key',
      sql: 't.responsible_id',
      of: { table: 'partner', named: 'slug' },
      description: 'Slugs of the organisations that answer for the instrument.',
    },
    hasTransfers: {
      kind: 'flag',
      sql: 'exists (select from transfer f where f.policy_instrument_id = t.id)',
      description: 'Whether at least one transfer is carried by it.',
    },
    name: {
      kind: 'text',
      sql: "concat_ws(' ', t.name, t.programme_text)",
      description: 'Part of the original name, or of the programme.',
    },
    ...originFilter,
  },
  orders: {
    NAME_ASC: { by: ['t.name collate "und-x-icu"'], description: 'By original name, A to Z.' },
    UPDATED_DESC: { by: ['t.updated_at'], descending: true, description: 'The last changed first.' },
  },
  maxAge: 300,
} as const satisfies Fields;

export type PolicyInstrumentRow = RowOf<PolicyInstrument, typeof policyInstrumentFields>;

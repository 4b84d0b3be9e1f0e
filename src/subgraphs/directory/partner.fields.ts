import { orElse, type Fields, type RowOf } from '../../graph/fields.js';
import { confidenceFilter, originFilter, recordFields, searched } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Partner } from './partner.entity.js';
import { countryFilter, regionFilter } from './region.fields.js';

/** The seventeen partner types of the Interreg programmes 2021-2027. */
export const PartnerType = {
  LOCAL_PUBLIC_AUTHORITY: 'LOCAL_PUBLIC_AUTHORITY',
  REGIONAL_PUBLIC_AUTHORITY: 'REGIONAL_PUBLIC_AUTHORITY',
  NATIONAL_PUBLIC_AUTHORITY: 'NATIONAL_PUBLIC_AUTHORITY',
  SECTORAL_AGENCY: 'SECTORAL_AGENCY',
  INFRASTRUCTURE_SERVICE_PROVIDER: 'INFRASTRUCTURE_SERVICE_PROVIDER',
  INTEREST_GROUP_NGO: 'INTEREST_GROUP_NGO',
  HIGHER_EDUCATION_RESEARCH: 'HIGHER_EDUCATION_RESEARCH',
  EDUCATION_TRAINING_CENTRE: 'EDUCATION_TRAINING_CENTRE',
  ENTERPRISE: 'ENTERPRISE',
  SME: 'SME',
  BUSINESS_SUPPORT_ORGANISATION: 'BUSINESS_SUPPORT_ORGANISATION',
  EGTC: 'EGTC',
  INTERNATIONAL_ORGANISATION_NATIONAL_LAW: 'INTERNATIONAL_ORGANISATION_NATIONAL_LAW',
  INTERNATIONAL_ORGANISATION_INTERNATIONAL_LAW: 'INTERNATIONAL_ORGANISATION_INTERNATIONAL_LAW',
  GENERAL_PUBLIC: 'GENERAL_PUBLIC',
  HOSPITAL_MEDICAL_CENTRE: 'HOSPITAL_MEDICAL_CENTRE',
  OTHER: 'OTHER',
} as const;
export type PartnerType = keyof typeof PartnerType;

export const LegalStatus = {
  PUBLIC: 'PUBLIC',
  BODY_GOVERNED_BY_PUBLIC_LAW: 'BODY_GOVERNED_BY_PUBLIC_LAW',
  PRIVATE_NON_PROFIT: 'PRIVATE_NON_PROFIT',
  PRIVATE_FOR_PROFIT: 'PRIVATE_FOR_PROFIT',
} as const;
export type LegalStatus = keyof typeof LegalStatus;

export const NameKind = { CURRENT: 'CURRENT', FORMER: 'FORMER', ALIAS: 'ALIAS', TRANSLATION: 'TRANSLATION' } as const;
export type NameKind = keyof typeof NameKind;

/** `from` and `to` as far as they are known: `2012`, `2012-05` or `2012-05-31`. */
export interface PartnerName {
  name: string;
  language: string | null;
  from: string | null;
  to: string | null;
  kind: NameKind;
}

export const IdentifierScheme = {
  PIC: 'PIC',
  VAT: 'VAT',
  ROR: 'ROR',
  WIKIDATA: 'WIKIDATA',
  NATIONAL: 'NATIONAL',
} as const;
export type IdentifierScheme = keyof typeof IdentifierScheme;

export interface PartnerIdentifier {
  scheme: IdentifierScheme;
  value: string;
}

/** Whom to write to, by role; never a person's name. The e-mail has a table of its own. */
export interface PartnerContact {
  partnerId: string;
  position: number;
  role: string;
  text: string | null;
  url: string | null;
}

/** What stands in the row: it orders lists, and tells nothing of natural persons. */
const name = orElse('t.name_english', orElse('t.name_latin', 't.name_original'));

/** What readers are shown of a natural person is asked of a function that knows who they are. */
const ofPerson = (theirs: (said: string) => string, others: string): string =>
  `case when t.is_natural_person then ${theirs('goodgraph_person(t.id)')} else ${others} end`;
const textOfPerson = (column: string) => ofPerson((said) => `${said} ->> '${column}'`, `t.${column}`);
const listOfPerson = (column: string) => ofPerson((said) => `coalesce(${said} -> '${column}', '[]')`, `t.${column}`);

/** The columns that tell who a natural person is; `slug`, which does as well, is neutral for all. */
const shown = {
  nameOriginal: ofPerson((said) => orElse(`${said} ->> 'name_original'`, 't.name_original'), 't.name_original'),
  nameOriginalLanguage: textOfPerson('name_original_language'),
  nameLatin: textOfPerson('name_latin'),
  nameEnglish: textOfPerson('name_english'),
  acronym: textOfPerson('acronym'),
  formerNames: ofPerson(
    (said) => `array(select jsonb_array_elements_text(${said} -> 'former_names'))`,
    't.former_names',
  ),
  otherNames: listOfPerson('other_names'),
  identifiers: listOfPerson('identifiers'),
  website: textOfPerson('website'),
  sourceNote: textOfPerson('source_note'),
};
export const personalFields = Object.keys(shown);
const seat = { sql: 't.region_id' };

export const partnerFields = {
  ...recordOf('Partner'),
  columns: [
    ...recordFields,
    'slug',
    'isNaturalPerson',
    'nameOriginal',
    'nameOriginalLanguage',
    'nameLatin',
    'nameEnglish',
    'acronym',
    'formerNames',
    'otherNames',
    'type',
    'legalStatus',
    'specialisations',
    'identifiers',
    'website',
    'placeId',
    'regionId',
  ],
  shown,
  computed: {
    name: ofPerson(
      (said) =>
        `coalesce(${said} ->> 'name_english', ${said} ->> 'name_latin', ${said} ->> 'name_original', t.name_original)`,
      name,
    ),
  },
  filters: {
    region: regionFilter(seat, 'Where the organisation has its seat; `within: "ITI1"` is all of Tuscany.'),
    country: countryFilter(seat, 'Country codes as Eurostat writes them: EL for Greece.'),
    type: { kind: 'key', enum: 'PartnerType', sql: 't.type', description: 'The type of organisation.' },
    legalStatus: {
      kind: 'key',
      enum: 'LegalStatus',
      sql: 't.legal_status',
      description: 'The legal status; organisations of which it is unknown never match.',
    },
    specialisation: {
      kind: 'key',
      isList: true,
      sql: 's.specialisations',
      through: searched('partner'),
      description: 'What the organisation is good at, in the words of its record.',
    },
    hasIdentifier: {
      kind: 'flag',
      sql: "t.identifiers <> '[]'",
      description: 'Whether a PIC, VAT, ROR, Wikidata or national identifier is known; never so of natural persons.',
    },
    isNaturalPerson: {
      kind: 'flag',
      sql: 't.is_natural_person',
      description: 'Whether it is a natural person, such as a sole trader; false leaves them out.',
    },
    project: {
      kind: 'key',
      sql: 'c.project_id',
      of: { table: 'project', named: 'slug' },
      through: 'exists (select from participation c where c.partner_id = t.id and {})',
      description: 'Slugs of projects in which the organisation takes part.',
    },
    programme: {
      kind: 'key',
      sql: 'j.programme_id',
      of: { table: 'programme', named: 'slug' },
      through: `exists (select from participation c join project j on j.id = c.project_id
        where c.partner_id = t.id and {})`,
      description: 'Slugs of the programmes whose projects the organisation takes part in.',
    },
    role: {
      kind: 'key',
      enum: 'ParticipationRole',
      sql: 'c.role',
      through: 'exists (select from participation c where c.partner_id = t.id and {})',
      description: 'Parts of which the organisation takes one in a project at least.',
    },
    confidence: confidenceFilter,
    name: {
      kind: 'text',
      isFolded: true,
      sql: 's.name',
      through: searched('partner'),
      description:
        'Part of any of its names, former ones included, or of the acronym. Natural persons are not found by their names.',
    },
    ...originFilter,
  },
  orders: {
    NAME_ASC: { by: [`(${name}) collate "und-x-icu"`], description: 'By name, A to Z.' },
    UPDATED_DESC: { by: ['t.updated_at'], descending: true, description: 'The last changed first.' },
  },
  parents: {
    region: `exists (select from region r join region a on a.id = {key}
      where r.id = t.region_id and r.path >= a.path and r.path < rtrim(a.path, '/') || '0')`,
  },
  maxAge: 60,
} as const satisfies Fields;

export type PartnerRow = RowOf<Partner, typeof partnerFields>;

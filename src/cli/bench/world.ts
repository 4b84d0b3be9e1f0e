import { v7 } from 'uuid';
import { slugOf } from '../../subgraphs/record.inputs.js';
import { records, type RecordTypeName } from '../../subgraphs/records.js';
import type { Geography, Region } from './geography.js';
import { phraseBook, type Language } from './phrase-book.js';
import { randomOf, type Random } from './random.js';
import { typeId } from './type-id.js';

/** A row of a table, by column. All rows of one table have the same columns. */
export type Row = Record<string, unknown>;

/** Takes a row for a table. */
export type Add = (table: string, row: Row) => void;

/** The kinds of record that are made by the number; all others are parts of these. */
export type Kind = Exclude<RecordTypeName, 'Region' | keyof typeof wholes>;

const wholes = {
  Participation: 'Project',
  Measurement: 'GoodPractice',
  Outcome: 'Transfer',
  Session: 'Event',
  EventRole: 'Event',
  OutputUpdate: 'Output',
  Action: 'ActionPlan',
} as const satisfies Partial<Record<RecordTypeName, RecordTypeName>>;
export type Part = keyof typeof wholes;

export type Counts = Record<Kind, number>;

/** How many of each kind go with so many practices, as in a whole programme of today, scaled up. */
export function countsFor(practices: number): Counts {
  const one = (every: number) => Math.max(1, Math.round(practices / every));
  return {
    Source: one(10),
    Programme: Math.min(20, one(5_000)),
    Theme: 40,
    Indicator: 12,
    Place: one(50),
    Partner: one(5),
    Project: one(25),
    PolicyInstrument: one(50),
    GoodPractice: practices,
    Transfer: practices * 2,
    Event: one(3),
    Output: one(12),
    Task: one(10),
    ActionPlan: one(30),
    Claim: one(5),
  };
}

/** The days that generated records were entered on, the first and the last. */
const span = [Date.UTC(2015, 0, 5), Date.UTC(2025, 11, 19)] as const;
/** What happens later has not happened. */
export const today = '2025-12-31';

/** Days are `YYYY-MM-DD`. */
export const daysLater = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

const instant = (time: number) => new Date(time).toISOString();

/** All that a record's makers may ask of the other records, which need not have been made yet. */
export interface World {
  counts: Counts;
  geography: Geography;
  /** The id of a record by its index; that of a part by its record's index and its own number there. */
  id(type: Kind | Part, index: number, part?: number): string;
  /** The columns that every record has. `language` is that of its texts. */
  record(type: Kind | Part, index: number, language: Language, part?: number): Row;
  slug(type: Kind, index: number, words: string): string;
  partner(index: number): { region: Region; language: Language; organisation: number; name: string };
  practice(index: number): Practice;
}

/** What is known of a practice before it is made. */
export interface Practice {
  partner: number;
  region: Region;
  language: Language;
  /** Where its words stand in the phrase book. */
  thing: number;
  audience: number;
  /** The year in which it began. */
  year: number;
}

/** Open to everyone, but for a draft or a withdrawn record here and there: three in a hundred. */
function publication(random: Random): Row {
  const status = random.unit();
  if (status < 0.97) return { publication_status: 'PUBLISHED', withdrawn_reason: null };
  if (status < 0.99) return { publication_status: 'DRAFT', withdrawn_reason: null };
  return { publication_status: 'WITHDRAWN', withdrawn_reason: 'Entered twice.' };
}

const open: Row = { publication_status: 'PUBLISHED', withdrawn_reason: null };

/** What others build on is never withheld. */
const alwaysOpen: readonly string[] = ['Theme', 'Indicator', 'Programme', 'Source', 'Place', ...Object.keys(wholes)];

export function worldOf(counts: Counts, geography: Geography): World {
  const enteredAt = (type: Kind | Part, index: number) =>
    span[0] + (index / counts[type in wholes ? wholes[type as Part] : (type as Kind)]) * (span[1] - span[0]);
  const bytes = new Uint8Array(16);
  const uuid = new Uint8Array(16);
  const world: World = {
    counts,
    geography,
    id: (type, index, part) => {
      const random = randomOf(type, part === undefined ? index : index * 64 + part + 1);
      for (let i = 6; i < 16; i += 1) bytes[i] = random.whole(0, 255);
      v7({ msecs: Math.floor(enteredAt(type, index)), random: bytes, seq: index % 2 ** 31 }, uuid);
      return typeId(records[type].prefix, uuid);
    },
    record: (type, index, language, part) => {
      const random = randomOf(`${type} record`, index);
      const created = enteredAt(type, index);
      return {
        id: world.id(type, index, part),
        created_at: instant(created),
        updated_at: instant(created + random.unit() ** 3 * (span[1] - created)),
        ...(alwaysOpen.includes(type) ? open : publication(random)),
        origin: 'DEMONSTRATION',
        language,
      };
    },
    slug: (type, index, words) => `${slugOf(words)}-${records[type].prefix}${index + 1}`,
    partner: (index) => {
      const random = randomOf('Partner', index);
      const region = geography.draw(random);
      const language = geography.languageOf(region);
      const organisation = random.skewed(8, 0.3);
      return {
        region,
        language,
        organisation,
        name: `${phraseBook[language].organisations[organisation]} ${region.name}`,
      };
    },
    practice: (index) => {
      const random = randomOf('GoodPractice', index);
      const partner = random.skewed(counts.Partner, 0.8);
      const { region, language } = world.partner(partner);
      return {
        partner,
        region: random.chance(0.8) ? region : geography.draw(random),
        language,
        thing: random.whole(0, 11),
        audience: random.whole(0, 9),
        year: new Date(enteredAt('GoodPractice', index)).getUTCFullYear() - random.whole(1, 10),
      };
    },
  };
  return world;
}

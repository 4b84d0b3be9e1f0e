import { z } from 'zod';
import { optional, regionCode, text } from '../record.inputs.js';
import { RegionGroup, RegionScheme } from './region.fields.js';

/** A region as Eurostat lists it. */
export const regionInput = z.strictObject({
  code: regionCode,
  nameLocal: text,
  /** Only where the local name is not in Latin letters. */
  nameLatin: optional(text),
});
export type RegionInput = z.output<typeof regionInput>;

/** What holds for a country and all its regions. */
export const countryInput = z.strictObject({
  code: z.string().regex(/^[A-Z]{2}$/, 'Write the two letters that Eurostat uses, such as EL.'),
  iso: z.string().regex(/^[A-Z]{2}$/, 'Write the two letters of ISO 3166-1, such as GR.'),
  scheme: z.enum(RegionScheme),
  group: z.enum(RegionGroup),
  nameEnglish: text,
  designationNote: optional(text),
});
export type CountryInput = z.output<typeof countryInput>;

/** English names by code. */
export const englishNamesInput = z.record(regionCode, text);
export type EnglishNamesInput = z.output<typeof englishNamesInput>;

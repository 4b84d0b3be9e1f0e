import { z } from 'zod';
import { languageTag, listOf, optional, recordInput, regionCode, slug, text, url } from '../record.inputs.js';
import { PartnerType } from './partner.fields.js';

export const partnerInput = z.strictObject({
  slug,
  /** In the organisation's own language, or as the source has it. */
  nameOriginal: text,
  nameOriginalLanguage: optional(languageTag),
  nameLatin: optional(text),
  nameEnglish: optional(text),
  acronym: optional(text),
  formerNames: listOf(text),
  type: optional(z.enum(PartnerType)),
  website: optional(url),
  place: optional(slug),
  region: optional(regionCode),
  ...recordInput,
});
export type PartnerInput = z.output<typeof partnerInput>;

import { z } from 'zod';
import {
  languageTag,
  listOf,
  optional,
  partialDate,
  recordInput,
  regionCode,
  slug,
  text,
  url,
} from '../record.inputs.js';
import { IdentifierScheme, LegalStatus, NameKind, PartnerType } from './partner.fields.js';

/** Shapes that a slip of the pen breaks: nine digits, a country and its number, `0` and eight signs, `Q` and a number. */
const identifierShapes: Record<keyof typeof IdentifierScheme, RegExp> = {
  PIC: /^\d{9}$/,
  VAT: /^[A-Z]{2}[0-9A-Z+*]{2,12}$/,
  ROR: /^0[a-hj-km-np-tv-z0-9]{6}\d{2}$/,
  WIKIDATA: /^Q[1-9]\d*$/,
  NATIONAL: /\S/,
};

const identifierInput = z
  .strictObject({ scheme: z.enum(IdentifierScheme), value: text })
  .refine(({ scheme, value }) => identifierShapes[scheme].test(value), {
    path: ['value'],
    error:
      'It has not the shape of its scheme. Write 9 digits for PIC, IT01234567890 for VAT, 05gq02987 for ROR, Q2044 for WIKIDATA.',
  });

/** A date as far as it is known, kept as it is written. */
const partialDay = z.string().superRefine((known, context) => {
  const { error } = partialDate.safeParse(known);
  for (const { message } of error?.issues ?? []) context.addIssue({ code: 'custom', message });
});

const nameInput = z
  .strictObject({
    name: text,
    language: optional(languageTag),
    from: optional(partialDay),
    to: optional(partialDay),
    kind: z.enum(NameKind),
  })
  .refine(({ from, to }) => from === null || to === null || to >= from.slice(0, to.length), {
    path: ['to'],
    error: 'It lies before `from`. Correct one of them.',
  })
  .refine(({ kind, to }) => kind !== 'CURRENT' || to === null, {
    path: ['to'],
    error: 'A current name has not ended. Take it out, or make the kind FORMER.',
  });

const contactInput = z
  .strictObject({ role: text, text: optional(text), url: optional(url), email: optional(z.email()) })
  .refine((contact) => contact.text !== null || contact.url !== null || contact.email !== null, {
    path: ['text'],
    error: 'There is no way to make contact. Add text, url or email.',
  });

export const partnerInput = z
  .strictObject({
    slug,
    /** In the organisation's own language, or as the source has it. */
    nameOriginal: text,
    nameOriginalLanguage: optional(languageTag),
    nameLatin: optional(text),
    nameEnglish: optional(text),
    acronym: optional(text),
    /** Short for `otherNames` of kind FORMER of which nothing else is known. */
    formerNames: listOf(text),
    /** CURRENT adds to what is known of `nameOriginal`, such as since when. */
    otherNames: z.array(nameInput).default([]),
    type: optional(z.enum(PartnerType)),
    legalStatus: optional(z.enum(LegalStatus)),
    specialisations: listOf(text),
    identifiers: z.array(identifierInput).default([]),
    /** By role: never name a person. */
    contacts: z.array(contactInput).default([]),
    website: optional(url),
    place: optional(slug),
    region: optional(regionCode),
    ...recordInput,
  })
  .superRefine(({ nameOriginal, otherNames }, context) => {
    for (const [index, { name, kind }] of otherNames.entries())
      if (
        kind === 'CURRENT' &&
        (name !== nameOriginal || otherNames.slice(0, index).some((each) => each.kind === kind))
      )
        context.addIssue({
          code: 'custom',
          path: ['otherNames', index, 'kind'],
          message: `Two current names: '${nameOriginal}' and '${name}'. Make one of them FORMER, ALIAS or TRANSLATION.`,
        });
  })
  .superRefine(({ contacts }, context) => {
    for (const [index, { role }] of contacts.entries())
      if (contacts.slice(0, index).some((each) => each.role === role))
        context.addIssue({
          code: 'custom',
          path: ['contacts', index, 'role'],
          message: `A contact before this one has the role '${role}'. Each may stand once.`,
        });
  });
export type PartnerInput = z.output<typeof partnerInput>;

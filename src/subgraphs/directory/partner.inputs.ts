import { z } from 'zod';
import {
  enteredInput,
  languageTag,
  listOf,
  optional,
  partialDate,
  recordInput,
  recordKey,
  regionKey,
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
  .strictObject({
    scheme: z.enum(IdentifierScheme).describe('Who gave it.'),
    value: text.describe('The number or code in the shape of its scheme, such as 05gq02987 for ROR.'),
  })
  .meta({ title: 'PartnerIdentifierInput', description: 'A number under which registers know the organisation.' })
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
    name: text.describe('The name as it is written.'),
    language: optional(languageTag).describe('Its tag, such as it for Italian.'),
    from: optional(partialDay).describe('Since when it holds, as 2012, 2012-05 or 2012-05-31.'),
    to: optional(partialDay).describe('Until when it held, as 2012, 2012-05 or 2012-05-31.'),
    kind: z.enum(NameKind).describe('What sort of name it is; CURRENT adds to what is known of `nameOriginal`.'),
  })
  .meta({ title: 'PartnerNameInput', description: 'Another name of the organisation, and when it held.' })
  .refine(({ from, to }) => from === null || to === null || to >= from.slice(0, to.length), {
    path: ['to'],
    error: 'It lies before `from`. Correct one of them.',
  })
  .refine(({ kind, to }) => kind !== 'CURRENT' || to === null, {
    path: ['to'],
    error: 'A current name has not ended. Take it out, or make the kind FORMER.',
  });

const contactInput = z
  .strictObject({
    role: text.describe('Whom one reaches, such as "press office"; never the name of a person.'),
    text: optional(text).describe('How to make contact, in words.'),
    url: optional(url).describe('A page with a form or an address.'),
    email: optional(z.email({ error: 'Write an address such as office@example.org.' })).describe(
      'Where to write to; shown to signed-in people only.',
    ),
  })
  .meta({ title: 'PartnerContactInput', description: 'A way to reach the organisation, by role. Give at least one.' })
  .refine((contact) => contact.text !== null || contact.url !== null || contact.email !== null, {
    path: ['text'],
    error: 'There is no way to make contact. Add text, url or email.',
  });

/** What people write of a partner, in seed files and forms alike. */
const written = {
  slug: slug.describe(
    'Its readable key for good; made of the original name where it is left out. Of a natural person nobody sees it.',
  ),
  isNaturalPerson: z
    .boolean()
    .default(false)
    .describe(
      'Whether it is a natural person, such as a sole trader: who that is, is then told to itself, reviewers and admins alone. False unless said.',
    ),
  nameOriginal: text.max(300).describe("The name in the organisation's own language, or as the source has it."),
  nameOriginalLanguage: optional(languageTag).describe('Its tag, such as it for Italian; left out where nobody knows.'),
  nameLatin: optional(text).describe('`nameOriginal` in Latin letters, where it is in others.'),
  nameEnglish: optional(text).describe('The English name that it uses itself.'),
  acronym: optional(text).describe('The short form that it is known by.'),
  otherNames: z.array(nameInput).default([]).describe('Former names, aliases and translations.'),
  type: optional(z.enum(PartnerType)).describe('What sort of organisation it is, in the terms of Interreg.'),
  legalStatus: optional(z.enum(LegalStatus)).describe('Whether it is public or private.'),
  specialisations: listOf(text).describe('What it knows best, in a few words each.'),
  identifiers: z.array(identifierInput).default([]).describe('The numbers under which registers know it.'),
  contacts: z.array(contactInput).default([]).describe('How to reach it, by role: never a person. Each role once.'),
  website: optional(url).describe('Its home page.'),
  place: optional(recordKey).describe('The city of its seat, by slug or id.'),
  region: optional(regionKey).describe('The smallest region of its seat that is known, by NUTS code.'),
};

interface Named {
  nameOriginal: string;
  otherNames: z.output<typeof nameInput>[];
}

/** Refuses a second current name. */
function namedOnce({ value: { nameOriginal, otherNames }, issues }: z.core.ParsePayload<Named>): void {
  for (const [index, { name, kind }] of otherNames.entries())
    if (kind === 'CURRENT' && (name !== nameOriginal || otherNames.slice(0, index).some((each) => each.kind === kind)))
      issues.push({
        code: 'custom',
        input: kind,
        path: ['otherNames', index, 'kind'],
        message: `Two current names: '${nameOriginal}' and '${name}'. Make one of them FORMER, ALIAS or TRANSLATION.`,
      });
}

/** Refuses a second contact of one role. */
function reachedOnce({ value: { contacts }, issues }: z.core.ParsePayload<{ contacts: { role: string }[] }>): void {
  for (const [index, { role }] of contacts.entries())
    if (contacts.slice(0, index).some((each) => each.role === role))
      issues.push({
        code: 'custom',
        input: role,
        path: ['contacts', index, 'role'],
        message: `A contact before this one has the role '${role}'. Each may stand once.`,
      });
}

export const partnerInput = z
  .strictObject({
    ...written,
    /** Short for `otherNames` of kind FORMER of which nothing else is known. */
    formerNames: listOf(text),
    ...recordInput,
  })
  .check(namedOnce, reachedOnce);
export type PartnerInput = z.output<typeof partnerInput>;

/** A partner as it describes itself. */
export const partnerEntered = z.strictObject({ ...written, ...enteredInput }).check(namedOnce, reachedOnce);

import { z } from 'zod';
import { scalars } from '../graph/input-types.js';
import { DecimalScalar, LanguageTagScalar } from '../graph/scalars.js';
import { Confidence, type DatePrecision, Origin } from './record.fields.js';

/** Null where it is left out, so that saving an entry clears what it no longer says. */
export const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().default(null);

/** The database holds any character but NUL. */
const withoutNul = [(value: string) => !value.includes('\0'), 'It holds the character NUL. Take it out.'] as const;

/** Texts are plain: pages that show them would show markup as it stands, or be taken over by it. */
const markup = /<\/?[a-z!][^<>]*>/i;

export const text = z
  .string()
  .trim()
  .min(1)
  .refine(...withoutNul)
  .refine((value) => !markup.test(value), {
    error: ({ input }) => `It holds markup, \`${markup.exec(String(input))?.[0].slice(0, 40)}\`. Write plain text.`,
  });

const slugShape = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const slug = z
  .string()
  .regex(slugShape, 'Write it in small letters a to z, digits and single hyphens, as in `reims-city-council`.');

/** Names another record: by its slug, or its id. */
export const recordKey = z
  .string()
  .refine(
    (key) => slugShape.test(key) || /^[a-z]{2,3}_[0-9a-z]{26}$/.test(key),
    'Write it in small letters a to z, digits and single hyphens, as in `reims-city-council`.',
  );

/** `Store sales, 2012` is `store-sales-2012`. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

/** A NUTS or statistical region: two letters for the country, and one character more for each level below it. */
export const regionCode = z.string().regex(/^[A-Z]{2}[A-Z0-9]{0,3}$/, 'Write a NUTS code such as ITI1.');

/** Names a region: by its code, or its id. */
export const regionKey = z
  .string()
  .refine((key) => /^([A-Z]{2}[A-Z0-9]{0,3}|rgn_[0-9a-z]{26})$/.test(key), 'Write a NUTS code such as ITI1.');

/** BCP 47, the language in small letters. */
export const languageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Write a language tag such as it or pt-BR.')
  .register(scalars, { scalar: LanguageTagScalar });

export const url = z
  .url({ protocol: /^https?$/, error: present('Write the whole address, from http:// or https:// on.') })
  .refine(...withoutNul);
const sourceAdvice = 'Write the slug of a source in sources.yaml, or the whole address, from http:// or https:// on.';
/** A source: its slug in sources.yaml, or its address. */
export const sourceKey = z
  .string({ error: present(sourceAdvice) })
  .refine((key) => slugShape.test(key) || url.safeParse(key).success, sourceAdvice);
export const year = z.int().min(1900).max(2200);

/** Keys of other records, each once, in their order. */
export const listOf = <Key extends string>(key: z.ZodType<Key>) =>
  z
    .array(key)
    .refine((keys) => new Set(keys).size === keys.length, 'It names the same twice. Take one out.')
    .default([]);

/** A schema's own message, which leaves a missing value to `explain`. */
function present(message: string) {
  return ({ input }: z.core.$ZodRawIssue) => (input === undefined || input === null ? undefined : message);
}

const number = (shape: RegExp, message: string) =>
  z.preprocess(
    (value) => (typeof value === 'number' ? String(value) : value),
    z.string({ error: present(message) }).regex(shape, message),
  );

/** An exact decimal as text; given as a number, or as a string where a number would lose digits. */
export const decimal = number(
  /^-?\d{1,12}(\.\d{1,6})?$/,
  'Write a number such as 12.5, with a point and without spaces.',
).register(scalars, { scalar: DecimalScalar });

export const money = z
  .strictObject({
    amount: number(/^\d{1,12}(\.\d{1,2})?$/, 'Write a number such as 1234.50, with two decimals at most.')
      .transform((amount) => Number(amount).toFixed(2))
      .register(scalars, { scalar: DecimalScalar })
      .describe('In units of the currency, with two decimals at most.'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'Write the three letters of ISO 4217, such as EUR.')
      .describe('ISO 4217, such as EUR.'),
  })
  .meta({ title: 'MoneyInput', description: 'An amount of money in one currency.' });

export interface PartialDate {
  /** The first day of what is known, as YYYY-MM-DD. */
  date: string;
  precision: DatePrecision;
}

const dateAdvice = "Write it in quotes, as precisely as it is known: '2012', '2012-05' or '2012-05-31'.";
const precisions: Record<number, DatePrecision> = { 4: 'YEAR', 7: 'MONTH', 10: 'DAY' };

/** What is written before is a slip of the pen, and the year 0000 none that the database knows. */
const firstYear = '1000';

/** `2012`, `2012-05` or `2012-05-31`. */
export const partialDate = z.string({ error: present(dateAdvice) }).transform((known, context): PartialDate => {
  const date = `${known}-01-01`.slice(0, 10);
  const precision = precisions[known.length];
  if (precision && z.iso.date().safeParse(date).success && date >= firstYear) return { date, precision };
  context.addIssue({ code: 'custom', message: `'${known}' is no date. ${dateAdvice}` });
  return z.NEVER;
});

export const day = z.iso
  .date({ abort: true, error: present("Write a day, in quotes, as '2012-05-31'.") })
  .refine((known) => known >= firstYear, `It lies before the year ${firstYear}. Correct it.`);

/** Refuses an end before its start; with `<object>.check(inOrder('start', 'end'))`. */
export function inOrder<Start extends string, End extends string>(start: Start, end: End) {
  return (payload: z.core.ParsePayload<Record<Start | End, PartialDate | null>>): void => {
    const [from, to] = [payload.value[start], payload.value[end]];
    if (from && to && to.date < from.date)
      payload.issues.push({
        code: 'custom',
        input: to,
        path: [end],
        message: 'It lies before the start. Correct one of them, or give the end as precisely as the start.',
      });
  };
}

/** What every entry says of itself. */
export const recordInput = {
  source: sourceKey,
  /** Other pages that say the same. */
  furtherSources: listOf(sourceKey),
  sourceNote: optional(text),
  confidence: z.enum(Confidence),
  origin: z.enum(Origin).default('REPORTED'),
  language: languageTag.default('en'),
};

/** The same of a record that its owner enters: it needs no page that says so. */
export const enteredInput = {
  source: optional(sourceKey),
  furtherSources: listOf(sourceKey),
  sourceNote: optional(text).describe('What was worked out, is unsure, or is claimed otherwise elsewhere.'),
  confidence: z.enum(Confidence).default('STATED').describe('How sure it is, as a whole; STATED unless said.'),
  /** No form holds it: a change keeps what is stored. */
  origin: z.enum(Origin).default('ENTERED'),
  language: languageTag.describe('The language that its texts are written in.'),
};

/** What is wrong and how to mend it, for whoever wrote the value: `schema.safeParse(value, { error: explain })`. */
export const explain: z.core.$ZodErrorMap = (issue) => {
  const isMissing = issue.input === undefined || issue.input === null;
  if (issue.code === 'unrecognized_keys') return 'There is no such field here. Correct its name, or take it out.';
  if (issue.code === 'invalid_key') return issue.issues[0]?.message;
  if (issue.code === 'invalid_value')
    return `${isMissing ? 'It is missing.' : `${JSON.stringify(issue.input)} is not a choice.`} Choose one of ${issue.values.join(', ')}.`;
  if (isMissing) return 'It is missing. Add it.';
  if (issue.code === 'invalid_type') return `It must be ${kinds[issue.expected] ?? issue.expected}.`;
  if (issue.code === 'too_small' && issue.origin === 'string') return 'It is empty. Write it, or leave the field out.';
  if (issue.code === 'too_small') return `It must be ${issue.minimum} or more.`;
  if (issue.code === 'too_big' && issue.origin === 'string')
    return `It has more than ${issue.maximum} characters. Shorten it.`;
  if (issue.code === 'too_big') return `It must be ${issue.maximum} or less.`;
  return undefined;
};

const kinds: Partial<Record<string, string>> = {
  string: 'text; put numbers in quotes',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list, as in [one, two]',
  object: 'an entry with named fields',
  record: 'names with a value each',
};

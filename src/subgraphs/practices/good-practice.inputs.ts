import { z } from 'zod';
import { figureInput } from '../figure.inputs.js';
import {
  enteredInput,
  inOrder,
  languageTag,
  listOf,
  money,
  optional,
  partialDate,
  recordInput,
  recordKey,
  regionKey,
  slug,
  text,
  url,
} from '../record.inputs.js';
import { Maturity, Scope, ValidationLevel } from './good-practice.fields.js';
import { inWorkflow, workflowStepInput } from './good-practice-workflow.inputs.js';

const transferabilityInput = z
  .strictObject({
    successFactors: optional(text).describe('Why it worked.'),
    prerequisites: optional(text).describe('What must be there before.'),
    constraints: optional(text).describe('What limits where it can work.'),
    adaptableParts: optional(text).describe('What can be changed or taken alone.'),
    rating: optional(z.int().min(1).max(5)).describe('From 1, hard to transfer, to 5, easy.'),
  })
  .meta({ title: 'TransferabilityInput', description: 'What somebody must know who wants to do the same elsewhere.' });

export const validationInput = z.strictObject({
  level: z.enum(ValidationLevel).describe('Who found it good: EXPERT or LABEL.'),
  by: optional(recordKey).describe('The organisation that looked at it, by slug or id.'),
  byText: optional(text).describe('The same in words, where it has no record. Never a person.'),
  at: optional(partialDate).describe('When they looked, as 2012, 2012-05 or 2012-05-31.'),
  opinion: optional(text).describe('What they found, in their words.'),
});

/** The texts that an entry may hold in other languages. */
export const translatedTexts = ['title', 'summary', 'description', 'problem', 'evidence', 'lessonsLearnt'] as const;

const translationInput = z.strictObject({
  title: optional(text.max(100)),
  summary: optional(text),
  description: optional(text),
  problem: optional(text),
  evidence: optional(text),
  lessonsLearnt: optional(text),
} satisfies Record<(typeof translatedTexts)[number], unknown>);

const linkInput = z
  .strictObject({
    url: url.describe('The whole address of the page.'),
    title: optional(text).describe('What is to be found there.'),
  })
  .meta({ title: 'PracticeLinkInput', description: 'A page about a practice.' });

const partial = 'as 2012, 2012-05 or 2012-05-31';

/** What people write of a practice, in seed files and forms alike. */
const written = {
  slug: slug.describe('Its readable key for good; made of the title where it is left out.'),
  title: text.max(100).describe('What the practice is called, in at most 100 characters of plain text.'),
  summary: optional(text).describe('What it does and for whom, in one paragraph.'),
  description: optional(text).describe('What it does, step by step.'),
  problem: optional(text).describe('What it answers.'),
  scope: optional(z.enum(Scope)).describe('How large an area it is for.'),
  sectors: listOf(text).describe('The trades and industries it is about.'),
  keywords: listOf(text).describe('Words to find it by, beyond its themes.'),
  practiceType: optional(text).describe('What kind of thing it is, such as a training scheme or a fund.'),
  targetGroups: listOf(text).describe('Whom it is for, in a few words each.'),
  maturity: optional(z.enum(Maturity)).describe('How far it has come.'),
  fundingSources: listOf(text).describe('Who or what paid for it.'),
  staff: optional(text).describe('Who works on it: how many, and what they can do.'),
  resources: optional(text).describe('What it takes beyond cost and staff, such as rooms.'),
  timeframe: optional(text).describe('How long it took to set up, and how long until it worked.'),
  difficulties: optional(text).describe('What went wrong or was hard.'),
  lessonsLearnt: optional(text).describe('What its owner would do otherwise.'),
  transferability: optional(transferabilityInput).describe('What to know before doing the same elsewhere.'),
  links: z.array(linkInput).default([]).describe('Further pages about it.'),
  inspiredBy: listOf(recordKey).describe('Practices that it learnt from, by slug or id.'),
  evidence: optional(text).describe('Why it counts as good, in words; figures are `measurements`.'),
  owner: optional(recordKey).describe('The organisation that owns it, by slug or id; your own where it is left out.'),
  ownerText: optional(text).describe('The owner in words, where it has no record.'),
  regions: listOf(regionKey).describe('The smallest regions where it is at work, by NUTS code or id.'),
  places: listOf(recordKey).describe('The cities and sites where it is at work, by slug or id.'),
  themes: listOf(recordKey).describe('Its subjects, the main one first, by slug or id.'),
  identifiedIn: optional(recordKey).describe('The project that found and described it, by slug or id.'),
  start: optional(partialDate).describe(`When it began, ${partial}.`),
  end: optional(partialDate).describe(`When it ended, ${partial}.`),
  ongoing: optional(z.boolean()).describe('Whether it was running on `ongoingAsOf`.'),
  ongoingAsOf: optional(partialDate).describe(`The day for which \`ongoing\` holds, ${partial}.`),
  cost: optional(
    money
      .extend({ basis: optional(text).describe('What it covers, such as one year or one part of the practice.') })
      .meta({ title: 'PracticeCostInput', description: 'An amount of money, and what it paid for.' }),
  ).describe('What it cost, and what that covers.'),
  measurements: z.array(figureInput).default([]).describe('The figures that are its evidence.'),
};

/** What no form holds: a judgement of others, other languages, the way through the review. */
const told = {
  validation: optional(validationInput),
  /** Its texts in other languages, by language, as people translated them. */
  translations: z.record(languageTag, translationInput).default({}),
  /** The steps that it took in the workflow, from a draft on; left out where it never was in it. */
  workflow: optional(z.array(workflowStepInput)),
};

interface Dated {
  ongoing: boolean | null;
  ongoingAsOf: unknown;
}

function dated({ value, issues }: z.core.ParsePayload<Dated>): void {
  if (value.ongoing !== true || value.ongoingAsOf !== null) return;
  const message = 'It is missing. Say on which date the practice was still ongoing.';
  issues.push({ code: 'custom', input: value.ongoingAsOf, path: ['ongoingAsOf'], message });
}

export const goodPracticeInput = z
  .strictObject({ ...written, ...told, ...recordInput, language: languageTag })
  .check(inWorkflow)
  .superRefine(({ language, translations }, context) => {
    if (language in translations)
      context.addIssue({
        code: 'custom',
        path: ['translations', language],
        message: `The practice is in '${language}' itself. Take this out, or correct one of the languages.`,
      });
  })
  .check(inOrder('start', 'end'), dated);
export type GoodPracticeInput = z.output<typeof goodPracticeInput>;

/** A practice as its owner enters it. */
export const goodPracticeEntered = z
  .strictObject({ ...written, ...enteredInput })
  .check(inOrder('start', 'end'), dated);

import { z } from 'zod';
import { figureInput } from '../figure.inputs.js';
import {
  inOrder,
  languageTag,
  listOf,
  money,
  optional,
  partialDate,
  recordInput,
  regionCode,
  slug,
  text,
  url,
} from '../record.inputs.js';
import { Maturity, Scope, ValidationLevel } from './good-practice.fields.js';
import { inWorkflow, workflowStepInput } from './good-practice-workflow.inputs.js';

const transferabilityInput = z.strictObject({
  successFactors: optional(text),
  prerequisites: optional(text),
  constraints: optional(text),
  adaptableParts: optional(text),
  /** From 1, hard to transfer, to 5, easy. */
  rating: optional(z.int().min(1).max(5)),
});

const validationInput = z.strictObject({
  level: z.enum(ValidationLevel),
  /** The slug of a partner. */
  by: optional(slug),
  /** The same in words, where it has no record. Never a person. */
  byText: optional(text),
  at: optional(partialDate),
  opinion: optional(text),
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

export const goodPracticeInput = z
  .strictObject({
    slug,
    title: text.max(100),
    summary: optional(text),
    description: optional(text),
    problem: optional(text),
    scope: optional(z.enum(Scope)),
    sectors: listOf(text),
    keywords: listOf(text),
    practiceType: optional(text),
    targetGroups: listOf(text),
    maturity: optional(z.enum(Maturity)),
    fundingSources: listOf(text),
    staff: optional(text),
    /** What it takes beyond cost and staff. */
    resources: optional(text),
    timeframe: optional(text),
    difficulties: optional(text),
    lessonsLearnt: optional(text),
    transferability: optional(transferabilityInput),
    validation: optional(validationInput),
    links: z.array(z.strictObject({ url, title: optional(text) })).default([]),
    /** Slugs of practices that it learnt from. */
    inspiredBy: listOf(slug),
    /** Why it counts as good, in words. */
    evidence: optional(text),
    owner: optional(slug),
    /** The owner in words, where it has no record. */
    ownerText: optional(text),
    regions: listOf(regionCode),
    places: listOf(slug),
    themes: listOf(slug),
    /** The slug of a project. */
    identifiedIn: optional(slug),
    start: optional(partialDate),
    end: optional(partialDate),
    ongoing: optional(z.boolean()),
    ongoingAsOf: optional(partialDate),
    cost: optional(money.extend({ basis: optional(text) })),
    measurements: z.array(figureInput).default([]),
    /** Its texts in other languages, by language, as people translated them. */
    translations: z.record(languageTag, translationInput).default({}),
    /** The steps that it took in the workflow, from a draft on; left out where it never was in it. */
    workflow: optional(z.array(workflowStepInput)),
    ...recordInput,
    language: languageTag,
  })
  .check(inWorkflow)
  .superRefine(({ language, translations }, context) => {
    if (language in translations)
      context.addIssue({
        code: 'custom',
        path: ['translations', language],
        message: `The practice is in '${language}' itself. Take this out, or correct one of the languages.`,
      });
  })
  .check(inOrder('start', 'end'))
  .refine(({ ongoing, ongoingAsOf }) => ongoing !== true || ongoingAsOf !== null, {
    path: ['ongoingAsOf'],
    error: 'It is missing. Say on which date the practice was still ongoing.',
  });
export type GoodPracticeInput = z.output<typeof goodPracticeInput>;

import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { reference } from '../../graph/fields.js';
import { Reads } from '../../graph/reads.js';
import { LanguageTagScalar } from '../../graph/scalars.js';
import type { Texts } from '../../graph/translation.js';
import type { PracticesContext } from './context.js';
import { completenessOf } from './good-practice-completeness.loaders.js';
import { TransferabilityType, ValidationType, WorkflowStepType } from './good-practice-detail.type.js';
import type { GoodPracticeRow } from './good-practice.fields.js';
import { GoodPracticeType } from './good-practice.type.js';

const language = {
  nullable: true,
  description: 'The language wanted for its texts; without it, or where there is no translation, the original.',
};

/** Texts of a practice that stand in value types. */
export const goodPracticeDetailTexts = {
  successFactors: { nullable: true, description: 'Why it worked.' },
  prerequisites: { nullable: true, description: 'What must be there before.' },
  constraints: { nullable: true, description: 'What limits where it can work.' },
  adaptableParts: { nullable: true, description: 'What can be changed or taken alone.' },
  validationOpinion: { nullable: true, description: 'What was found by whoever looked at it.' },
} as const satisfies Texts;

/** The texts of a record that are fields of value types, in the best language there is. */
async function textsIn(
  row: GoodPracticeRow,
  tag: string | null | undefined,
  { loaders }: PracticesContext,
): Promise<(field: keyof typeof goodPracticeDetailTexts) => string | null> {
  const found = await loaders.translations.load(row, tag);
  return (field) => (row[field] == null ? null : (found.get(field)?.text ?? (row[field] as string)));
}

/** What a practice says in value types, and what is worked out of it. */
@Resolver(() => GoodPracticeType)
export class GoodPracticeDetailResolver {
  @Reads({ loader: 'inspirationsByPractice' })
  @FieldResolver(() => [GoodPracticeType], {
    nullable: true,
    description: 'The practices that it learnt from; empty where no source names one.',
  })
  async inspiredBy(@Root() { id }: GoodPracticeRow, @Ctx() { loaders }: PracticesContext): Promise<GoodPracticeType[]> {
    return loaders.inspirationsByPractice.load(id);
  }

  @FieldResolver(() => Int, {
    description:
      'How much of what a reader needs is there, 0 to 100. Twenty things count 5 each: summary, description, problem, owner, regions, themes, sectors, target groups, scope, type, start, end or whether it runs, maturity, resources, funding sources, evidence, difficulties, lessons learnt, transferability, validation.',
  })
  async completeness(@Root() { id }: GoodPracticeRow, @Ctx() { loaders }: PracticesContext): Promise<number> {
    const known = await loaders.completenessById.load(id);
    return known ? completenessOf(known) : 0;
  }

  @FieldResolver(() => [String], {
    nullable: true,
    description:
      'What is left to say until `completeness` is 100: of its twenty things those that are not there. Summary, evidence, regions and owner are needed before it is submitted.',
  })
  async missing(@Root() { id }: GoodPracticeRow, @Ctx() { loaders }: PracticesContext): Promise<string[]> {
    return (await loaders.completenessById.load(id))?.missing ?? [];
  }

  @FieldResolver(() => TransferabilityType, {
    nullable: true,
    description: 'What to know before doing the same elsewhere; null where no source says anything of it.',
  })
  async transferability(
    @Root() row: GoodPracticeRow,
    @Arg('language', () => LanguageTagScalar, language) tag: string | null | undefined,
    @Ctx() context: PracticesContext,
  ): Promise<TransferabilityType | null> {
    const text = await textsIn(row, tag, context);
    const values = {
      successFactors: text('successFactors'),
      prerequisites: text('prerequisites'),
      constraints: text('constraints'),
      adaptableParts: text('adaptableParts'),
      rating: row.transferabilityRating ?? null,
    };
    return Object.values(values).every((value) => value === null) ? null : values;
  }

  @FieldResolver(() => ValidationType, {
    nullable: true,
    description: 'Who looked at it and what they found; null where no source says whether anybody did.',
  })
  async validation(
    @Root() row: GoodPracticeRow,
    @Arg('language', () => LanguageTagScalar, language) tag: string | null | undefined,
    @Ctx() context: PracticesContext,
  ): Promise<ValidationType | null> {
    if (row.validationLevel == null) return null;
    return {
      level: row.validationLevel,
      by: reference(row.validatedById),
      byText: row.validatedByText ?? null,
      at: row.validatedOn ?? null,
      atPrecision: row.validatedOnPrecision ?? null,
      opinion: (await textsIn(row, tag, context))('validationOpinion'),
    };
  }

  @FieldResolver(() => [WorkflowStepType], {
    nullable: true,
    description: 'How it came to `workflowStatus`, the first step first; empty for all but its owner and reviewers.',
  })
  workflowHistory(@Root() { id }: GoodPracticeRow, @Ctx() { loaders }: PracticesContext): Promise<WorkflowStepType[]> {
    return loaders.workflowByPractice.load(id);
  }
}

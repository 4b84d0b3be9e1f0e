import { Directive, Field, ObjectType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { DateScalar } from '../../graph/scalars.js';
import { Confidence, DatePrecision } from '../record.fields.js';
import { RecordType } from '../record.type.js';
import { PartnerType } from '../partner-type.type.js';
import { PracticeLinkType } from './good-practice-detail.type.js';
import { goodPracticeFields, Maturity, Scope, ValidationLevel } from './good-practice.fields.js';
import { WorkflowStatus } from './good-practice-workflow.fields.js';

@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@ObjectType('GoodPractice', {
  description: 'Something that worked somewhere and is documented well enough to try elsewhere.',
})
export class GoodPracticeType extends RecordType {
  @Field(() => String, { description: 'Readable key, such as `fuse`.' })
  slug!: string;

  title!: string;
  summary?: string | null;
  problem?: string | null;
  evidence?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Who owns the practice, in words, where `owner` has no record of its own; null otherwise, or unknown.',
  })
  ownerText?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When it began, as far as `startDatePrecision` says; null where unknown.',
  })
  startDate?: string | null;

  @Field(() => DatePrecision, { nullable: true, description: 'How much of `startDate` is known; null with it.' })
  startDatePrecision?: DatePrecision | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When it ended, as far as `endDatePrecision` says; null while it runs, or unknown.',
  })
  endDate?: string | null;

  @Field(() => DatePrecision, { nullable: true, description: 'How much of `endDate` is known; null with it.' })
  endDatePrecision?: DatePrecision | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it was running on `ongoingAsOf`; null where no source says.',
  })
  isOngoing?: boolean | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day for which `isOngoing` holds, as far as its precision says; null with it.',
  })
  ongoingAsOf?: string | null;

  @Field(() => DatePrecision, { nullable: true, description: 'How much of `ongoingAsOf` is known; null with it.' })
  ongoingAsOfPrecision?: DatePrecision | null;

  @Field(() => String, {
    nullable: true,
    description: 'What `cost` covers, such as one year or one part of the practice; null where no source says.',
  })
  costBasis?: string | null;

  description?: string | null;
  practiceType?: string | null;
  staff?: string | null;
  resourcesText?: string | null;
  timeframe?: string | null;
  difficulties?: string | null;
  lessonsLearnt?: string | null;

  @Field(() => Scope, { nullable: true, description: 'How large an area it is for; null where no source says.' })
  scope?: Scope | null;

  @Field(() => Maturity, { nullable: true, description: 'How far it has come; null where no source says.' })
  maturity?: Maturity | null;

  @Field(() => [String], { description: 'The trades and industries it is about, in the words of its source.' })
  sectors!: string[];

  @Field(() => [String], { description: 'Words to find it by, beyond its themes.' })
  keywords!: string[];

  @Field(() => [String], { description: 'Whom it is for, in the words of its source.' })
  targetGroups!: string[];

  @Field(() => [String], { description: 'Who or what paid for it, in the words of its source.' })
  fundingSources!: string[];

  @Field(() => [PracticeLinkType], { description: 'Further pages about it.' })
  links!: PracticeLinkType[];

  @Field(() => WorkflowStatus, {
    nullable: true,
    description: 'Where it stands on its way to everyone; null for practices that others report.',
  })
  workflowStatus?: WorkflowStatus | null;
}

export const GoodPracticeConnection = connectionType('GoodPractice', () => GoodPracticeType, 'good practices');
export const GoodPracticeArguments = connectionArguments(goodPracticeFields, 'good practices', {
  PartnerType,
  Maturity,
  Scope,
  ValidationLevel,
  Confidence,
});

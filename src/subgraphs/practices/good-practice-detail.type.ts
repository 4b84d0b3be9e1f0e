import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateScalar, DateTimeScalar } from '../../graph/scalars.js';
import { DatePrecision, PublicationStatus } from '../record.fields.js';
import { PartnerStub } from './directory.stub.js';
import { Maturity, Scope, ValidationLevel } from './good-practice.fields.js';
import { WorkflowStatus } from './good-practice-workflow.fields.js';

registerEnumType(Scope, {
  name: 'Scope',
  description: 'How large an area a practice is for.',
  valuesConfig: {
    LOCAL: { description: 'A city or a part of one.' },
    REGIONAL: { description: 'A region of a country.' },
    NATIONAL: { description: 'A whole country.' },
    EUROPEAN: { description: 'Several countries of Europe.' },
  },
});
registerEnumType(Maturity, {
  name: 'Maturity',
  description: 'How far a practice has come.',
  valuesConfig: {
    PILOT: { description: 'Tried once or for a short time.' },
    PROVEN: { description: 'Works, and figures or its users say so.' },
    SCALED: { description: 'Has grown beyond where it began.' },
    DISCONTINUED: { description: 'No longer done; what was learnt remains.' },
  },
});
registerEnumType(ValidationLevel, {
  name: 'ValidationLevel',
  description: 'Who has looked at a practice and found it good.',
  valuesConfig: {
    NONE: { description: 'Nobody beyond its owner, and that is known.' },
    PROJECT: { description: 'The project that identified it.' },
    EXPERT: { description: 'An expert who had no part in it.' },
    LABEL: { description: 'An award or a label given by a jury.' },
  },
});
registerEnumType(WorkflowStatus, {
  name: 'WorkflowStatus',
  description: 'Where a practice that its owner enters stands on its way to everyone.',
  valuesConfig: {
    DRAFT: { description: 'Its owner writes it.' },
    SUBMITTED: { description: 'Its owner wants it published; the project looks at it.' },
    ACCEPTED_BY_PROJECT: { description: 'The project accepts it: it is published.' },
    VALIDATED: { description: 'An expert or a jury found it good, too.' },
    ARCHIVED: { description: 'Out of date: it is withdrawn, and this is its end.' },
    CHANGES_REQUESTED: { description: 'Its owner is asked to change it and submit it again.' },
    DECLINED: { description: 'The project does not take it; its owner may begin anew.' },
  },
});

@ObjectType('PracticeLink', { description: 'A page about a practice.' })
export class PracticeLinkType {
  @Field(() => String, { description: 'The address of the page; it may be gone.' }) url!: string;
  @Field(() => String, {
    nullable: true,
    description: 'What is to be found there; null where the address alone was given.',
  })
  title!: string | null;
}

const nullWhere = 'null where no source says.';

@ObjectType('Transferability', { description: 'What somebody must know who wants to do the same elsewhere.' })
export class TransferabilityType {
  @Field(() => String, { nullable: true, description: `Why it worked; ${nullWhere}` })
  successFactors?: string | null;
  @Field(() => String, { nullable: true, description: `What must be there before; ${nullWhere}` })
  prerequisites?: string | null;
  @Field(() => String, { nullable: true, description: `What limits where it can work; ${nullWhere}` })
  constraints?: string | null;
  @Field(() => String, { nullable: true, description: `What can be changed or taken alone; ${nullWhere}` })
  adaptableParts?: string | null;
  @Field(() => Int, {
    nullable: true,
    description: 'From 1, hard to transfer, to 5, easy; null where nobody rated it.',
  })
  rating?: number | null;
}

@ObjectType('Validation', { description: 'Who looked at a practice, and what they found.' })
export class ValidationType {
  @Field(() => ValidationLevel, { description: 'Who they are to the practice.' }) level!: ValidationLevel;
  @Field(() => PartnerStub, { nullable: true, description: 'The organisation; null where it has no record here.' })
  by?: PartnerStub | null;
  @Field(() => String, {
    nullable: true,
    description: 'The same in words, where `by` has no record; null otherwise. Never a person.',
  })
  byText?: string | null;
  @Field(() => DateScalar, {
    nullable: true,
    description: 'When they looked, as far as `atPrecision` says; null where unknown.',
  })
  at?: string | null;
  @Field(() => DatePrecision, { nullable: true, description: 'How much of `at` is known; null with it.' })
  atPrecision?: DatePrecision | null;
  @Field(() => String, { nullable: true, description: `What they found, in their words; ${nullWhere}` })
  opinion?: string | null;
}

@ObjectType('WorkflowStep', {
  description: 'One step of a practice along the workflow, or out of the sight of everyone and back.',
})
export class WorkflowStepType {
  @Field(() => WorkflowStatus, { description: 'Where it stood before.' }) from!: WorkflowStatus;
  @Field(() => WorkflowStatus, { description: 'Where it stood after.' }) to!: WorkflowStatus;
  @Field(() => DateTimeScalar, { description: 'When the step was taken.' }) at!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Why, in the words of whoever took it; null where the step speaks for itself.',
  })
  note!: string | null;
  @Field(() => PublicationStatus, {
    nullable: true,
    description: 'Who sees it since; null for steps of seed files, which leave that to `to`.',
  })
  publicationStatus!: PublicationStatus | null;
  @Field(() => String, {
    nullable: true,
    description: 'The address of a page that shows it; null where whoever took it named none.',
  })
  sourceUrl!: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'The account that took it: for admins, and nobody else may ask for it. Null where no account did.',
  })
  account!: string | null;
}

import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { DateScalar } from '../../graph/scalars.js';
import { Confidence, DatePrecision } from '../record.fields.js';
import { RecordType } from '../record.type.js';
import { PartnerType } from '../partner-type.type.js';
import { ProjectStatus, projectFields } from './project.fields.js';

registerEnumType(ProjectStatus, {
  name: 'ProjectStatus',
  description: 'Whether a project runs.',
  valuesConfig: {
    PLANNED: { description: 'Approved, and not begun.' },
    ONGOING: { description: 'Running.' },
    CLOSED: { description: 'Ended.' },
  },
});

@ObjectType('ExternalId', { description: 'What a record is called in another system.' })
export class ExternalIdType {
  @Field(() => String, { description: 'The system, such as keep.eu or CORDIS.' }) system!: string;
  @Field(() => String, { description: 'Its key in that system, as that system writes it.' }) id!: string;
}

@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@ObjectType('Project', { description: 'A funded project in which partners work together.' })
export class ProjectType extends RecordType {
  @Field(() => String, { description: 'Readable key, such as `innocrafts`.' })
  slug!: string;

  @Field(() => String, { description: 'The short name it goes by; two projects may share one.' })
  acronym!: string;

  title!: string;
  aim?: string | null;
  objective?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The programme's number for it, unique in the programme; null where unknown.",
  })
  reference?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When it began, as far as `startDatePrecision` says; null where unknown.',
  })
  startDate?: string | null;

  @Field(() => DatePrecision, { nullable: true, description: 'How much of `startDate` is known; null with it.' })
  startDatePrecision?: DatePrecision | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When it ends or ended, as far as `endDatePrecision` says; null where unknown.',
  })
  endDate?: string | null;

  @Field(() => DatePrecision, { nullable: true, description: 'How much of `endDate` is known; null with it.' })
  endDatePrecision?: DatePrecision | null;

  @Field(() => ProjectStatus, { nullable: true, description: 'Whether it runs; null where no source allows to tell.' })
  status?: ProjectStatus | null;

  @Field(() => [String], { description: 'The trades and industries it is about, in the words of its source.' })
  sectors!: string[];

  @Field(() => String, {
    nullable: true,
    description: 'The address of its own pages, which may be gone; null where none is known.',
  })
  website?: string | null;

  @Field(() => [String], { description: 'Further pages of its own; they may be gone.' })
  websites!: string[];

  @Field(() => [String], { description: 'Other spellings of the acronym that sources use.' })
  aliases!: string[];

  phase?: string | null;

  @Field(() => [String], { description: 'Whom it works for, in the words of its source.' })
  targetGroups!: string[];

  @Field(() => [String], { description: 'What its regions have in common, in the words of its source.' })
  contextTags!: string[];

  @Field(() => String, {
    nullable: true,
    description: "The programme's priority that funds it, as the programme writes it; null where unknown.",
  })
  priority?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The kind of project in the words of its programme; null where it makes no difference.',
  })
  interventionType?: string | null;

  @Field(() => [ExternalIdType], { description: 'Its ids in other systems; empty where none is known.' })
  externalIds!: ExternalIdType[];

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the European Union pays a part; null where no source says. The amount is `euContribution`.',
  })
  coFunded?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many practices its partners handed in, as published; not how many have a record here. Null where it did not say.',
  })
  practicesSubmitted?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many of those submitted the project selected, as published; null where it did not say.',
  })
  practicesSelected?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many of those selected it judged potentially transferable, as published; null where it did not say.',
  })
  practicesTransferable?: number | null;
}

export const ProjectConnection = connectionType('Project', () => ProjectType, 'projects');
export const ProjectArguments = connectionArguments(projectFields, 'projects', {
  ProjectStatus,
  PartnerType,
  Confidence,
});

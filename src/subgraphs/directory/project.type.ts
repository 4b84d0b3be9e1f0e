import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { DateScalar } from '../../graph/scalars.js';
import { DatePrecision } from '../record.fields.js';
import { RecordType } from '../record.type.js';
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

  @Field(() => String, { nullable: true, description: "The programme's number for it, unique in the programme." })
  reference?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'When it began, as far as `startDatePrecision` says.' })
  startDate?: string | null;

  @Field(() => DatePrecision, { nullable: true, description: 'How much of `startDate` is known.' })
  startDatePrecision?: DatePrecision | null;

  @Field(() => DateScalar, { nullable: true, description: 'When it ends or ended, as far as `endDatePrecision` says.' })
  endDate?: string | null;

  @Field(() => DatePrecision, { nullable: true, description: 'How much of `endDate` is known.' })
  endDatePrecision?: DatePrecision | null;

  @Field(() => ProjectStatus, { nullable: true, description: 'Whether it runs; null where no source allows to tell.' })
  status?: ProjectStatus | null;

  @Field(() => [String], { description: 'The trades and industries it is about, in the words of its source.' })
  sectors!: string[];

  @Field(() => String, { nullable: true, description: 'Its own pages; they may be gone.' })
  website?: string | null;
}

export const ProjectConnection = connectionType('Project', () => ProjectType, 'projects');
export const ProjectArguments = connectionArguments(projectFields, 'projects', { ProjectStatus });

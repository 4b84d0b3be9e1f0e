import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { RecordType } from '../record.type.js';
import { taskFields, TaskKind, TaskStatus } from './task.fields.js';

registerEnumType(TaskKind, {
  name: 'TaskKind',
  description: 'What sort of work a task is.',
  valuesConfig: {
    REPORTING: { description: 'Documents and figures that the programme asks for.' },
    DEVELOPMENT: { description: 'Making an output.' },
    COMMUNICATION: { description: 'Telling others of the project.' },
    MANAGEMENT: { description: 'Keeping the project on its way.' },
    OTHER: { description: 'None of these.' },
  },
});
registerEnumType(TaskStatus, {
  name: 'TaskStatus',
  description: 'How far a task has come.',
  valuesConfig: {
    OPEN: { description: 'Agreed, and not begun.' },
    IN_PROGRESS: { description: 'Being worked on.' },
    DONE: { description: 'Finished.' },
    CANCELLED: { description: 'No longer to be done.' },
  },
});

@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@ObjectType('Task', { description: 'Work that somebody in a project has to do.' })
export class TaskType extends RecordType {
  @Field(() => String, { description: 'Readable key, such as `scale-sme-reporting-documents`.' })
  slug!: string;

  title!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Who has to do it, in words such as "each partner", where it is not one organisation; null otherwise.',
  })
  assigneeText?: string | null;

  @Field(() => TaskKind, { nullable: true, description: 'What sort of work it is; null where no source tells.' })
  kind?: TaskKind | null;

  @Field(() => TaskStatus, { nullable: true, description: 'How far it has come; null where no source tells.' })
  status?: TaskStatus | null;
}

export const TaskConnection = connectionType('Task', () => TaskType, 'tasks');
export const TaskArguments = connectionArguments(taskFields, 'tasks', { TaskKind, TaskStatus });

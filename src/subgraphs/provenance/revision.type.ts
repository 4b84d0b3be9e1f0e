import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { DateTimeScalar } from '../../graph/scalars.js';
import { revisionFields, RevisionKind } from './revision.fields.js';

registerEnumType(RevisionKind, {
  name: 'RevisionKind',
  description: 'What happened to a record.',
  valuesConfig: {
    CREATED: { description: 'It entered the knowledge base.' },
    UPDATED: { description: 'It, or a part of it such as a list of regions, was changed.' },
    DELETED: { description: 'It was taken out; its last values are kept.' },
  },
});

@ObjectType('FieldChange', { description: 'How one field of a record changed.' })
export class FieldChangeType {
  @Field(() => String, { description: "The field by the graph's name, such as `title`, `owner` or `budget.amount`." })
  field!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The value before: text as it is, a record by its id, a list as JSON. Null where it was empty.',
  })
  before?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The value since; null where it was emptied, or names a record that you may not see.',
  })
  after?: string | null;
}

@ObjectType('Revision', { description: 'One change of a record. Kept for good, written by the database itself.' })
export class RevisionType {
  @Field(() => Int, { description: 'The version of the record that the change led to.' })
  version!: number;

  @Field(() => RevisionKind, { description: 'What happened.' })
  kind!: RevisionKind;

  @Field(() => DateTimeScalar, { description: 'When it happened.' })
  at!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'The account that made the change: for admins, and nobody else may ask for it. Null for seeds and services.',
  })
  account?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why the step was taken, in the words of whoever took it; null for all but those who may write the record.',
  })
  note?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The address of a page that shows it; null where none was given, and for all but those who may write the record.',
  })
  noteSource?: string | null;
}

export const RevisionConnection = connectionType('Revision', () => RevisionType, 'revisions');
export const RevisionArguments = connectionArguments(revisionFields, 'revisions', { RevisionKind });

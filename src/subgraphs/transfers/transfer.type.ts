import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { DateScalar } from '../../graph/scalars.js';
import { RecordType } from '../record.type.js';
import { TransferKind, TransferStatus, transferFields } from './transfer.fields.js';

registerEnumType(TransferStatus, {
  name: 'TransferStatus',
  description: 'How far a transfer has come.',
  valuesConfig: {
    INTEREST: { description: 'Somebody at the destination wants it.' },
    ASSESSED: { description: 'Whether it fits there has been examined.' },
    PLANNED: { description: 'It stands in an action plan or a budget.' },
    IN_PROGRESS: { description: 'It is being put to work.' },
    IMPLEMENTED: { description: 'It is at work at the destination.' },
    MAINSTREAMED: { description: 'A policy instrument or a lasting budget carries it.' },
    ON_HOLD: { description: 'Work rests, and may go on.' },
    ABANDONED: { description: 'It was begun and given up.' },
    NOT_FEASIBLE: { description: 'Examined, and found not to fit.' },
  },
});
registerEnumType(TransferKind, {
  name: 'TransferKind',
  description: 'What is taken over.',
  valuesConfig: {
    ADOPTION: { description: 'The practice as it is.' },
    ADAPTATION: { description: 'The practice, changed to fit.' },
    PARTIAL: { description: 'A part of it.' },
    INSPIRATION: { description: 'The idea.' },
    POLICY_CHANGE: { description: 'A policy was changed after its example.' },
    SCALING: { description: 'The practice, for more people or a larger area.' },
  },
});

@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@ObjectType('Transfer', { description: 'One attempt to carry practices from where they worked to one destination.' })
export class TransferType extends RecordType {
  @Field(() => String, { description: 'Readable key, such as `bcde-to-spain`.' })
  slug!: string;

  title?: string | null;
  action?: string | null;
  note?: string | null;

  @Field(() => TransferKind, { nullable: true, description: 'What is taken over; null where no source says.' })
  kind?: TransferKind | null;

  @Field(() => TransferStatus, { description: 'How far it had come on `reportedOn`.' })
  status!: TransferStatus;

  @Field(() => DateScalar, { nullable: true, description: 'The day on which its source reported the status.' })
  reportedOn?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Who takes it over, in words, where `receiver` has no record of its own.',
  })
  receiverText?: string | null;
}

export const TransferConnection = connectionType('Transfer', () => TransferType, 'transfers');
export const TransferArguments = connectionArguments(transferFields, 'transfers', { TransferStatus, TransferKind });

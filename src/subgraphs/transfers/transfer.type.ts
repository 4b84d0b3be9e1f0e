import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { DateScalar } from '../../graph/scalars.js';
import { Confidence, DatePrecision } from '../record.fields.js';
import { PartnerType } from '../partner-type.type.js';
import { RecordType } from '../record.type.js';
import { TransferKind, TransferMechanism, TransferStatus, transferFields } from './transfer.fields.js';

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
registerEnumType(TransferMechanism, {
  name: 'TransferMechanism',
  description: 'By what the destination learns the practice.',
  valuesConfig: {
    STUDY_VISIT: { description: 'People from the destination see it at work.' },
    WORKSHOP: { description: 'It is explained and tried together for some hours or days.' },
    STAFF_EXCHANGE: { description: 'People work on the other side for a while.' },
    PEER_REVIEW: { description: 'Colleagues from elsewhere examine the plans of the destination.' },
    MENTORING: { description: 'Those who run it advise the destination over some time.' },
    MATCHMAKING: { description: 'A meeting that brings owners and takers of practices together.' },
    DOCUMENT: { description: 'A guide or description is all that is passed on.' },
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
  adaptation?: string | null;
  enablers?: string | null;
  barriers?: string | null;
  lessons?: string | null;
  fundingText?: string | null;
  note?: string | null;

  @Field(() => TransferKind, { nullable: true, description: 'What is taken over; null where no source says.' })
  kind?: TransferKind | null;

  @Field(() => [TransferMechanism], {
    description: 'By what the destination learns the practice; empty where no source says.',
  })
  mechanisms!: TransferMechanism[];

  @Field(() => TransferStatus, {
    description: 'How far it had come on `reportedOn`: the last of `statusHistory`.',
  })
  status!: TransferStatus;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day on which its source reported the status; null only where its owner gave none.',
  })
  reportedOn?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When work at the destination began, as far as `startDatePrecision` says; null where unknown.',
  })
  startDate?: string | null;

  @Field(() => DatePrecision, { nullable: true, description: 'How much of `startDate` is known; null with it.' })
  startDatePrecision?: DatePrecision | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When that work ended, as far as `endDatePrecision` says; null while it goes on, or unknown.',
  })
  endDate?: string | null;

  @Field(() => DatePrecision, { nullable: true, description: 'How much of `endDate` is known; null with it.' })
  endDatePrecision?: DatePrecision | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the funding lasts beyond the project, as a line of a yearly budget does; null where no source says.',
  })
  fundingIsLasting?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Who takes it over, in words, where `receiver` has no record of its own; null otherwise, or unknown.',
  })
  receiverText?: string | null;
}

export const TransferConnection = connectionType('Transfer', () => TransferType, 'transfers');
export const TransferArguments = connectionArguments(transferFields, 'transfers', {
  TransferStatus,
  TransferKind,
  TransferMechanism,
  PartnerType,
  Confidence,
});

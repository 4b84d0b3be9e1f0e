import { Field, ID, ObjectType } from 'type-graphql';
import { DateScalar } from '../../graph/scalars.js';
import { DatePrecision } from '../record.fields.js';
import { TransferStatus } from './transfer.fields.js';

@ObjectType('TransferStatusChange', { description: 'One status that a transfer has had.' })
export class StatusChangeType {
  @Field(() => TransferStatus, { description: 'How far the transfer had come.' })
  status!: TransferStatus;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'Since when, as far as `onPrecision` says; of a transfer that others report, the day of the report. Null where unknown.',
  })
  on?: string | null;

  @Field(() => DatePrecision, { nullable: true, description: 'How much of `on` is known; null with it.' })
  onPrecision?: DatePrecision | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the source says about this status beside it; null where that is nothing.',
  })
  note?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The page that tells of the status; null where its owner entered it without one.',
  })
  sourceUrl?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The account that told it: for admins, and nobody else may ask for it. Null where no account did.',
  })
  account?: string | null;
}

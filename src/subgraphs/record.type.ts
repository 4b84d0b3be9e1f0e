import { Directive, Field, ID, InterfaceType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar, DecimalScalar } from '../graph/scalars.js';
import { Confidence, DatePrecision, Origin, PublicationStatus } from './record.fields.js';

registerEnumType(PublicationStatus, {
  name: 'PublicationStatus',
  description: 'Whether a record is open to everyone.',
  valuesConfig: {
    DRAFT: { description: 'Being written: its owner and reviewers see it, nobody else.' },
    PUBLISHED: { description: 'Open to everyone.' },
    WITHDRAWN: { description: 'Taken back; `withdrawnReason` says why. Only its owner and reviewers see it.' },
  },
});
registerEnumType(Origin, {
  name: 'Origin',
  description: 'How a record came into the knowledge base.',
  valuesConfig: {
    ENTERED: { description: 'Its owner entered it.' },
    REPORTED: { description: 'Others report it; `sources` says where.' },
    DEMONSTRATION: { description: 'Made up to show a feature. Never a fact.' },
  },
});
registerEnumType(Confidence, {
  name: 'Confidence',
  description: 'How sure the record is, as a whole.',
  valuesConfig: {
    STATED: { description: 'A source says so.' },
    DERIVED: { description: 'Worked out from what a source says; `sourceNote` says how.' },
    UNCERTAIN: { description: 'Plausible, and not confirmed.' },
    DISPUTED: { description: 'Sources contradict each other; `claims` or `sourceNote` name the others.' },
  },
});
registerEnumType(DatePrecision, {
  name: 'DatePrecision',
  description: 'How much of a date is known. The rest is filled up with the first month and day.',
  valuesConfig: {
    DAY: { description: 'The day is known.' },
    MONTH: { description: 'The month is known; the day stands as 01.' },
    YEAR: { description: 'The year is known; month and day stand as 01-01.' },
  },
});

/** Anything with an id of its own. Resolved by `__typename`, so that every subgraph can declare it. */
@InterfaceType('Node', {
  description: 'Anything that `node(id)` finds (Relay global object identification).',
  autoRegisterImplementations: false,
  resolveType: (value: { __typename: string }) => value.__typename,
})
export abstract class NodeType {
  @Field(() => ID, { description: 'The same in every installation for seeded records; opaque, never parse it.' })
  id!: string;
}

/** The fields of every record. */
@ObjectType({ implements: NodeType })
export abstract class RecordType extends NodeType {
  @Field(() => DateTimeScalar, { description: 'When the record entered this knowledge base.' })
  createdAt!: string;

  @Field(() => DateTimeScalar, { description: 'When the record, or a part of it, last changed.' })
  updatedAt!: string;

  @Field(() => Int, {
    description: 'Grows by one with every change; send it back as `expectedVersion` when you write.',
  })
  version!: number;

  @Field(() => PublicationStatus, { description: 'Whether everyone may see the record.' })
  publicationStatus!: PublicationStatus;

  @Field(() => String, { nullable: true, description: 'Why the record was withdrawn; null unless it was.' })
  withdrawnReason?: string | null;

  @Field(() => Origin, { description: 'How the record came in.' })
  origin!: Origin;

  @Field(() => String, {
    nullable: true,
    description:
      'What was worked out, is unsure, or is claimed otherwise elsewhere; null where there is nothing to add.',
  })
  sourceNote?: string | null;

  @Field(() => Confidence, { description: 'How sure the record is, as a whole.' })
  confidence!: Confidence;
}

@Directive('@shareable')
@ObjectType('Money', { description: 'An amount of money in one currency.' })
export class MoneyType {
  @Field(() => DecimalScalar, { description: 'In units of the currency, with its decimals: "2230494.00".' })
  amount!: string;

  @Field(() => String, { description: 'ISO 4217, such as EUR.' })
  currency!: string;
}

/** Two columns as one value; null when the amount is unknown. */
export function money(amount: string | null | undefined, currency: string | null | undefined): MoneyType | null {
  return amount == null || currency == null ? null : { amount, currency };
}

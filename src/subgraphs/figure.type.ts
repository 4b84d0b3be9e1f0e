import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { DateScalar, DecimalScalar } from '../graph/scalars.js';
import { Direction, Qualifier } from './figure.fields.js';
import { DatePrecision } from './record.fields.js';
import { RecordType } from './record.type.js';

registerEnumType(Qualifier, {
  name: 'Qualifier',
  description: 'How a figure is to be read.',
  valuesConfig: {
    EXACT: { description: 'As it stands.' },
    ABOUT: { description: 'Rounded or estimated by its source.' },
    MORE_THAN: { description: 'The true value is larger.' },
    LESS_THAN: { description: 'The true value is smaller.' },
  },
});

registerEnumType(Direction, {
  name: 'Direction',
  description: 'Which way a figure is to go.',
  valuesConfig: {
    INCREASE: { description: 'More is better: the target lies above the baseline.' },
    DECREASE: { description: 'Less is better: the target lies below the baseline.' },
  },
});

/** The figures of one measurement, of a practice or of a transfer alike. */
@ObjectType()
export abstract class FigureType extends RecordType {
  @Field(() => DecimalScalar, {
    nullable: true,
    description: "The value before, in the indicator's unit; null where unknown.",
  })
  baseline?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: "The value aimed at, in the indicator's unit; null where none was set.",
  })
  target?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: "The value reached, in the indicator's unit; null where not yet measured.",
  })
  achieved?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day for which `achieved` holds, as far as its precision says; null where no source dates it.',
  })
  achievedOn?: string | null;

  @Field(() => DatePrecision, { nullable: true, description: 'How much of `achievedOn` is known; null with it.' })
  achievedOnPrecision?: DatePrecision | null;

  @Field(() => Qualifier, { description: 'How `achieved` is to be read.' })
  qualifier!: Qualifier;

  @Field(() => String, { nullable: true, description: 'How it was measured; null where no source says.' })
  method?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What else a reader must know about the figure; null where that is nothing.',
  })
  note?: string | null;
}

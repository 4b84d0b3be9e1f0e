import { Directive, Field, ObjectType } from 'type-graphql';
import { DecimalScalar } from '../../graph/scalars.js';
import { FigureType } from '../figure.type.js';

@Directive('@key(fields: "id")')
@ObjectType('Outcome', { description: 'A measured result of a transfer.' })
export class OutcomeType extends FigureType {
  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'achieved - baseline; null where one of them is unknown.',
  })
  change?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: '`change` in percent of the baseline, to one decimal; null for a baseline of 0.',
  })
  changePercent?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether `achieved` is at least the target, or at most where the target lies below the baseline. Null where target or achieved is unknown, or the qualifier leaves it open.',
  })
  targetReached?: boolean | null;
}

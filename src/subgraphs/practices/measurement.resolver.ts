import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Reads } from '../../graph/reads.js';
import type { PracticesContext } from './context.js';
import { GoodPracticeType } from './good-practice.type.js';
import { IndicatorType } from './indicator.type.js';
import type { MeasurementRow } from './measurement.fields.js';
import { MeasurementType } from './measurement.type.js';

@Resolver(() => MeasurementType)
export class MeasurementResolver {
  @Reads({ loader: 'indicatorById', key: 'indicatorId' })
  @FieldResolver(() => IndicatorType, { nullable: true, description: 'What was measured, and in which unit.' })
  indicator(
    @Root() { indicatorId }: MeasurementRow,
    @Ctx() { loaders }: PracticesContext,
  ): Promise<IndicatorType | null> | null {
    return indicatorId === null ? null : loaders.indicatorById.load(indicatorId);
  }

  @Reads({ loader: 'goodPracticeById', key: 'practiceId' })
  @FieldResolver(() => GoodPracticeType, { nullable: true, description: 'The practice that it is evidence for.' })
  practice(
    @Root() { practiceId }: MeasurementRow,
    @Ctx() { loaders }: PracticesContext,
  ): Promise<GoodPracticeType | null> | null {
    return practiceId === null ? null : loaders.goodPracticeById.load(practiceId);
  }
}

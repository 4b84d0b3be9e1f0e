import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { Reads } from '../../graph/reads.js';
import type { PracticesContext } from './context.js';
import { IndicatorArguments, IndicatorConnection, IndicatorType } from './indicator.type.js';

@Resolver(() => IndicatorType)
export class IndicatorResolver {
  @Reads({ loader: 'indicators' })
  @Query(() => IndicatorConnection, { nullable: true, description: 'What practices and transfers are measured by.' })
  indicators(@Args(() => IndicatorArguments) args: ConnectionArguments, @Ctx() { loaders }: PracticesContext) {
    return loaders.indicators(args);
  }
}

import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { Reads } from '../../graph/reads.js';
import type { PracticesContext } from './context.js';
import { PartnerStub, ProjectStub, RegionStub } from './directory.stub.js';
import { GoodPracticeArguments, GoodPracticeConnection } from './good-practice.type.js';
import { ThemeType } from './theme.type.js';

@Resolver(() => PartnerStub)
export class PartnerPracticesResolver {
  @Reads({ loader: 'goodPracticesByOwner' })
  @FieldResolver(() => GoodPracticeConnection, {
    nullable: true,
    description: 'The good practices that this organisation owns.',
  })
  goodPractices(
    @Root() { id }: PartnerStub,
    @Args(() => GoodPracticeArguments) args: ConnectionArguments,
    @Ctx() { loaders }: PracticesContext,
  ) {
    return loaders.goodPracticesByOwner(args, id);
  }
}

@Resolver(() => RegionStub)
export class RegionPracticesResolver {
  @Reads({ loader: 'goodPracticesByRegion' })
  @FieldResolver(() => GoodPracticeConnection, {
    nullable: true,
    description: 'The good practices at work in this region or in one inside it.',
  })
  goodPractices(
    @Root() { id }: RegionStub,
    @Args(() => GoodPracticeArguments) args: ConnectionArguments,
    @Ctx() { loaders }: PracticesContext,
  ) {
    return loaders.goodPracticesByRegion(args, id);
  }
}

@Resolver(() => ProjectStub)
export class ProjectPracticesResolver {
  @Reads({ loader: 'goodPracticesByProject' })
  @FieldResolver(() => GoodPracticeConnection, {
    nullable: true,
    description: 'The good practices that this project found and described.',
  })
  goodPractices(
    @Root() { id }: ProjectStub,
    @Args(() => GoodPracticeArguments) args: ConnectionArguments,
    @Ctx() { loaders }: PracticesContext,
  ) {
    return loaders.goodPracticesByProject(args, id);
  }

  @Reads({ loader: 'themesByProject' })
  @FieldResolver(() => [ThemeType], { nullable: true, description: 'The subjects that the project works on.' })
  themes(@Root() { id }: ProjectStub, @Ctx() { loaders }: PracticesContext): Promise<ThemeType[]> {
    return loaders.themesByProject.load(id);
  }
}

import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { findBy } from '../../graph/find.js';
import { Reads } from '../../graph/reads.js';
import { money, MoneyType } from '../record.type.js';
import type { DirectoryContext } from './context.js';
import { programmeFields, type ProgrammeRow } from './programme.fields.js';
import { ProgrammeArguments, ProgrammeConnection, ProgrammeType } from './programme.type.js';
import { ProjectArguments, ProjectConnection } from './project.type.js';

@Resolver(() => ProgrammeType)
export class ProgrammeResolver {
  @Reads({ loaders: { id: 'programmeById', slug: 'programmeBySlug' } })
  @Query(() => ProgrammeType, {
    nullable: true,
    description: 'The programme with this id or slug; null and a NOT_FOUND error where you may see none.',
  })
  programme(
    @Arg('id', () => ID, { nullable: true, description: "The programme's id." }) id: string | undefined,
    @Arg('slug', () => String, { nullable: true, description: 'Its readable key, such as `interreg-ivc`.' }) slug:
      | string
      | undefined,
    @Ctx() { loaders }: DirectoryContext,
  ): Promise<ProgrammeType> {
    return findBy<ProgrammeRow>(programmeFields, {
      id: [id, loaders.programmeById],
      slug: [slug, loaders.programmeBySlug],
    });
  }

  @Reads({ loader: 'programmes' })
  @Query(() => ProgrammeConnection, { nullable: true, description: 'Funding programmes.' })
  programmes(@Args(() => ProgrammeArguments) args: ConnectionArguments, @Ctx() { loaders }: DirectoryContext) {
    return loaders.programmes(args);
  }

  @Reads({ columns: { amount: 'budgetAmount', currency: 'budgetCurrency' } })
  @FieldResolver(() => MoneyType, {
    nullable: true,
    description:
      'All that it could spend in its funding period, in the currency that its source uses; null where unknown.',
  })
  budget(@Root() row: ProgrammeRow): MoneyType | null {
    return money(row.budgetAmount, row.budgetCurrency);
  }

  @Reads({ loader: 'projectsByProgramme' })
  @FieldResolver(() => ProjectConnection, { nullable: true, description: 'The projects that it funds.' })
  projects(
    @Root() { id }: ProgrammeRow,
    @Args(() => ProjectArguments) args: ConnectionArguments,
    @Ctx() { loaders }: DirectoryContext,
  ) {
    return loaders.projectsByProgramme(args, id);
  }
}

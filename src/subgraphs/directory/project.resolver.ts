import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { findBy } from '../../graph/find.js';
import { Reads } from '../../graph/reads.js';
import { resolveTexts, type Texts } from '../../graph/translation.js';
import { money, MoneyType } from '../record.type.js';
import type { DirectoryContext } from './context.js';
import { ParticipationArguments, ParticipationConnection } from './participation.type.js';
import { ProgrammeType } from './programme.type.js';
import { projectFields, type ProjectRow } from './project.fields.js';
import { ProjectArguments, ProjectConnection, ProjectType } from './project.type.js';

@Resolver(() => ProjectType)
export class ProjectResolver {
  @Reads({ loaders: { id: 'projectById', slug: 'projectBySlug' } })
  @Query(() => ProjectType, {
    nullable: true,
    description: 'The project with this id or slug; null and a NOT_FOUND error where you may see none.',
  })
  project(
    @Arg('id', () => ID, { nullable: true, description: "The project's id." }) id: string | undefined,
    @Arg('slug', () => String, { nullable: true, description: 'Its readable key, such as `innocrafts`.' }) slug:
      | string
      | undefined,
    @Ctx() { loaders }: DirectoryContext,
  ): Promise<ProjectType> {
    return findBy<ProjectRow>(projectFields, { id: [id, loaders.projectById], slug: [slug, loaders.projectBySlug] });
  }

  @Reads({ loader: 'projects' })
  @Query(() => ProjectConnection, {
    nullable: true,
    description: 'Projects by programme, partner, status, start or name.',
  })
  projects(@Args(() => ProjectArguments) args: ConnectionArguments, @Ctx() { loaders }: DirectoryContext) {
    return loaders.projects(args);
  }

  @Reads({ loader: 'programmeById', key: 'programmeId' })
  @FieldResolver(() => ProgrammeType, { nullable: true, description: 'The programme that funds it.' })
  programme(
    @Root() { programmeId }: ProjectRow,
    @Ctx() { loaders }: DirectoryContext,
  ): Promise<ProgrammeType | null> | null {
    return programmeId === null ? null : loaders.programmeById.load(programmeId);
  }

  @Reads({ loader: 'projectById', key: 'precededById' })
  @FieldResolver(() => ProjectType, {
    nullable: true,
    description: 'The project that it carries on; null where no source names one.',
  })
  precededBy(
    @Root() { precededById }: ProjectRow,
    @Ctx() { loaders }: DirectoryContext,
  ): Promise<ProjectType | null> | null {
    return precededById === null ? null : loaders.projectById.load(precededById);
  }

  @Reads({ columns: { amount: 'budgetAmount', currency: 'budgetCurrency' } })
  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: 'All money together; null where unknown or disputed.',
  })
  budget(@Root() row: ProjectRow): MoneyType | null {
    return money(row.budgetAmount, row.budgetCurrency);
  }

  @Reads({ columns: { amount: 'euContributionAmount', currency: 'euContributionCurrency' } })
  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: 'The part of `budget` that the European Union pays; null where unknown, even if `coFunded`.',
  })
  euContribution(@Root() row: ProjectRow): MoneyType | null {
    return money(row.euContributionAmount, row.euContributionCurrency);
  }

  @Reads({ loader: 'participationsByProject' })
  @FieldResolver(() => ParticipationConnection, {
    nullable: true,
    description: 'The organisations that take part, each with its role.',
  })
  participations(
    @Root() { id }: ProjectRow,
    @Args(() => ParticipationArguments) args: ConnectionArguments,
    @Ctx() { loaders }: DirectoryContext,
  ) {
    return loaders.participationsByProject(args, id);
  }
}

/** Its texts that exist in several languages. */
export const projectTexts = {
  title: { description: 'The full title.' },
  aim: { nullable: true, description: 'What it wants to achieve, in one sentence; null where no source tells.' },
  objective: { nullable: true, description: 'What it is to change, and how; null where no source tells.' },
  phase: { nullable: true, description: 'Where it stood, and when; null where no source says.' },
} as const satisfies Texts;

resolveTexts(ProjectResolver, projectTexts);

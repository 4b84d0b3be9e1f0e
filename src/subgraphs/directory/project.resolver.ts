import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { findBy } from '../../graph/find.js';
import { resolveTexts } from '../../graph/translation.js';
import { money, MoneyType } from '../record.type.js';
import type { DirectoryContext } from './context.js';
import { ParticipationArguments, ParticipationConnection } from './participation.type.js';
import { ProgrammeType } from './programme.type.js';
import { projectFields, type ProjectRow } from './project.fields.js';
import { ProjectArguments, ProjectConnection, ProjectType } from './project.type.js';

@Resolver(() => ProjectType)
export class ProjectResolver {
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

  @Query(() => ProjectConnection, {
    nullable: true,
    description: 'Projects by programme, partner, status, start or name.',
  })
  projects(@Args(() => ProjectArguments) args: ConnectionArguments, @Ctx() { loaders }: DirectoryContext) {
    return loaders.projects(args);
  }

  @FieldResolver(() => ProgrammeType, { nullable: true, description: 'The programme that funds it.' })
  programme(
    @Root() { programmeId }: ProjectRow,
    @Ctx() { loaders }: DirectoryContext,
  ): Promise<ProgrammeType | null> | null {
    return programmeId === null ? null : loaders.programmeById.load(programmeId);
  }

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

  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: 'All money together; null where unknown or disputed.',
  })
  budget(@Root() row: ProjectRow): MoneyType | null {
    return money(row.budgetAmount, row.budgetCurrency);
  }

  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: 'The part of `budget` that the European Union pays; null where unknown, even if `coFunded`.',
  })
  euContribution(@Root() row: ProjectRow): MoneyType | null {
    return money(row.euContributionAmount, row.euContributionCurrency);
  }

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

resolveTexts(ProjectResolver, {
  title: { description: 'The full title.' },
  aim: { nullable: true, description: 'What it wants to achieve, in one sentence; null where no source tells.' },
  objective: { nullable: true, description: 'What it is to change, and how; null where no source tells.' },
  phase: { nullable: true, description: 'Where it stood, and when; null where no source says.' },
});

import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Reads } from '../../graph/reads.js';
import type { DirectoryContext } from './context.js';
import type { ParticipationRow } from './participation.fields.js';
import { ParticipationType } from './participation.type.js';
import { money, MoneyType } from '../record.type.js';
import { PartnerObject } from './partner.type.js';
import { ProjectType } from './project.type.js';
import { RegionType } from './region.type.js';

@Resolver(() => ParticipationType)
export class ParticipationResolver {
  @Reads({ loader: 'projectById', key: 'projectId' })
  @FieldResolver(() => ProjectType, {
    nullable: true,
    description: 'What it takes part in; null where that is not open to you.',
  })
  project(
    @Root() { projectId }: ParticipationRow,
    @Ctx() { loaders }: DirectoryContext,
  ): Promise<ProjectType | null> | null {
    return projectId === null ? null : loaders.projectById.load(projectId);
  }

  @Reads({ loader: 'partnerById', key: 'partnerId' })
  @FieldResolver(() => PartnerObject, {
    nullable: true,
    description: 'Who takes part, or took part until `replacedBy`; null where that is not open to you.',
  })
  partner(
    @Root() { partnerId }: ParticipationRow,
    @Ctx() { loaders }: DirectoryContext,
  ): Promise<PartnerObject | null> | null {
    return partnerId === null ? null : loaders.partnerById.load(partnerId);
  }

  @Reads({ loader: 'regionById', key: 'regionThenId' })
  @FieldResolver(() => RegionType, {
    nullable: true,
    description:
      "What `regionCode` meant then: the region of the NUTS version in force when the part, or else its project, began. Its `successors` are today's regions. Null where the beginning is unknown, or the code is not of 2010, 2021 or 2024.",
  })
  regionThen(
    @Root() { regionThenId }: ParticipationRow,
    @Ctx() { loaders }: DirectoryContext,
  ): Promise<RegionType | null> | null {
    return regionThenId === null ? null : loaders.regionById.load(regionThenId);
  }

  @Reads({ columns: { amount: 'budgetAmount', currency: 'budgetCurrency' } })
  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: "Its share of the project's budget; null where none is published.",
  })
  budget(@Root() row: ParticipationRow): MoneyType | null {
    return money(row.budgetAmount, row.budgetCurrency);
  }

  @Reads({ loader: 'participationById', key: 'replacedById' })
  @FieldResolver(() => ParticipationType, {
    nullable: true,
    description: 'The participation of the organisation that took over; null where none did.',
  })
  replacedBy(
    @Root() { replacedById }: ParticipationRow,
    @Ctx() { loaders }: DirectoryContext,
  ): Promise<ParticipationType | null> | null {
    return replacedById === null ? null : loaders.participationById.load(replacedById);
  }
}

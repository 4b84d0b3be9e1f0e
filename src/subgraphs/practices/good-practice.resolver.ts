import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { reference } from '../../graph/fields.js';
import { findBy } from '../../graph/find.js';
import { Reads } from '../../graph/reads.js';
import { resolveTexts, type Texts } from '../../graph/translation.js';
import { money, MoneyType } from '../record.type.js';
import type { PracticesContext } from './context.js';
import { PartnerStub, PlaceStub, ProjectStub, RegionStub } from './directory.stub.js';
import { goodPracticeFields, type GoodPracticeRow } from './good-practice.fields.js';
import { GoodPracticeArguments, GoodPracticeConnection, GoodPracticeType } from './good-practice.type.js';
import { MeasurementType } from './measurement.type.js';
import { ThemeType } from './theme.type.js';

@Resolver(() => GoodPracticeType)
export class GoodPracticeResolver {
  @Reads({ loaders: { id: 'goodPracticeById', slug: 'goodPracticeBySlug' } })
  @Query(() => GoodPracticeType, {
    nullable: true,
    description: 'The good practice with this id or slug; null and a NOT_FOUND error where you may see none.',
  })
  goodPractice(
    @Arg('id', () => ID, { nullable: true, description: "The practice's id." }) id: string | undefined,
    @Arg('slug', () => String, { nullable: true, description: 'Its readable key, such as `fuse`.' }) slug:
      | string
      | undefined,
    @Ctx() { loaders }: PracticesContext,
  ): Promise<GoodPracticeType> {
    return findBy<GoodPracticeRow>(goodPracticeFields, {
      id: [id, loaders.goodPracticeById],
      slug: [slug, loaders.goodPracticeBySlug],
    });
  }

  @Reads({ loader: 'goodPractices' })
  @Query(() => GoodPracticeConnection, {
    nullable: true,
    description: 'Good practices by region, theme, owner, project, validation, cost, duration, evidence or words.',
  })
  goodPractices(@Args(() => GoodPracticeArguments) args: ConnectionArguments, @Ctx() { loaders }: PracticesContext) {
    return loaders.goodPractices(args);
  }

  @Reads({ reference: 'ownerId' })
  @FieldResolver(() => PartnerStub, {
    nullable: true,
    description: 'The organisation that owns the practice; null where it has no record here.',
  })
  owner(@Root() { ownerId }: GoodPracticeRow): PartnerStub | null {
    return reference(ownerId);
  }

  @Reads({ reference: 'identifiedInId' })
  @FieldResolver(() => ProjectStub, {
    nullable: true,
    description: 'The project that found and described the practice.',
  })
  identifiedIn(@Root() { identifiedInId }: GoodPracticeRow): ProjectStub | null {
    return reference(identifiedInId);
  }

  @Reads({ loader: 'regionsByPractice' })
  @FieldResolver(() => [RegionStub], {
    nullable: 'itemsAndList',
    description: 'The smallest regions where the practice is known to be at work.',
  })
  regions(@Root() { id }: GoodPracticeRow, @Ctx() { loaders }: PracticesContext): Promise<RegionStub[]> {
    return loaders.regionsByPractice.load(id);
  }

  @Reads({ loader: 'placesByPractice' })
  @FieldResolver(() => [PlaceStub], {
    nullable: 'itemsAndList',
    description: 'The cities and sites where the practice is known to be at work.',
  })
  places(@Root() { id }: GoodPracticeRow, @Ctx() { loaders }: PracticesContext): Promise<PlaceStub[]> {
    return loaders.placesByPractice.load(id);
  }

  @Reads({ loader: 'themesByPractice' })
  @FieldResolver(() => [ThemeType], { nullable: true, description: 'Its subjects, the main one first.' })
  async themes(@Root() { id }: GoodPracticeRow, @Ctx() { loaders }: PracticesContext): Promise<ThemeType[]> {
    return loaders.themesByPractice.load(id);
  }

  @Reads({ loader: 'measurementsByPractice' })
  @FieldResolver(() => [MeasurementType], {
    nullable: true,
    description: 'The figures that are its evidence; empty where none is published.',
  })
  measurements(@Root() { id }: GoodPracticeRow, @Ctx() { loaders }: PracticesContext): Promise<MeasurementType[]> {
    return loaders.measurementsByPractice.load(id);
  }

  @Reads({ columns: { amount: 'costAmount', currency: 'costCurrency' } })
  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: 'What it cost, for what `costBasis` says; null where unknown.',
  })
  cost(@Root() row: GoodPracticeRow): MoneyType | null {
    return money(row.costAmount, row.costCurrency);
  }
}

/** Its texts that exist in several languages. */
export const goodPracticeTexts = {
  title: { max: 100, description: 'What the practice is called, in at most 100 characters.' },
  summary: {
    nullable: true,
    description: 'What it does and for whom, in one paragraph; null until an editor has written it.',
  },
  description: { nullable: true, description: 'What it does, step by step; null until an editor has written it.' },
  problem: { nullable: true, description: 'The problem that it answers; null until an editor has written it.' },
  evidence: {
    nullable: true,
    description: 'Why it counts as good, in words; figures are in `measurements`. Null where no source says.',
  },
  practiceType: {
    nullable: true,
    description: 'What kind of thing it is, such as a training scheme or a fund; null where no source says.',
  },
  staff: { nullable: true, description: 'Who works on it: how many, and what they can do; null where no source says.' },
  resourcesText: {
    nullable: true,
    description: 'What it takes beyond `cost` and `staff`, such as rooms; null where no source says.',
  },
  timeframe: { nullable: true, description: 'How long it took to set up, and how long until it worked.' },
  difficulties: { nullable: true, description: 'What went wrong or was hard; null where no source says.' },
  lessonsLearnt: { nullable: true, description: 'What its owner would do otherwise; null where no source says.' },
} as const satisfies Texts;

resolveTexts(GoodPracticeResolver, goodPracticeTexts);

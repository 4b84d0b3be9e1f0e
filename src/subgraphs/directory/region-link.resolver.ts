import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { DirectoryContext } from './context.js';
import type { RegionRow } from './region.fields.js';
import { RegionLinkType } from './region-link.type.js';
import { RegionType } from './region.type.js';

/** Regions through time: what a code became, and what it was. */
@Resolver(() => RegionType)
export class RegionLinkResolver {
  @FieldResolver(() => [RegionLinkType], {
    nullable: true,
    description:
      'The regions of NUTS 2024 that a region of an older version became part of, the largest share first; empty for a region of 2024.',
  })
  successors(@Root() { id }: RegionRow, @Ctx() { loaders }: DirectoryContext): Promise<RegionLinkType[]> {
    return loaders.successorsByRegionId.load(id);
  }

  @FieldResolver(() => [RegionLinkType], {
    nullable: true,
    description:
      'The regions of 2021 and of 2010 that went into this one, by version and code; each weight is a share of the earlier region. Empty where none is known.',
  })
  predecessors(@Root() { id }: RegionRow, @Ctx() { loaders }: DirectoryContext): Promise<RegionLinkType[]> {
    return loaders.predecessorsByRegionId.load(id);
  }
}

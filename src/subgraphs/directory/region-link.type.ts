import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Confidence } from '../record.fields.js';
import { RegionType } from './region.type.js';

@ObjectType('RegionLink', {
  description:
    'A step from a region of one version to one of a later version that holds at least 1 % of its area or of its population; less counts as a border sliver and is left out.',
})
export class RegionLinkType {
  @Field(() => RegionType, {
    description: 'The region at the other end: the later one in `successors`, the earlier one in `predecessors`.',
  })
  region!: RegionType;

  @Field(() => Int, { description: 'The version that the earlier region is of, such as 2010.' })
  fromVersion!: number;

  @Field(() => Int, { description: 'The version that the later region is of, such as 2024.' })
  toVersion!: number;

  @Field(() => Float, {
    description:
      "The share of the earlier region's area that lies in the later one, 0 to 1 with four decimals. Shares are not scaled up for slivers left out, so those of one region may add up to a little less than 1.",
  })
  weightByArea!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "The share of the earlier region's inhabitants of 2021 that live in the later one, 0 to 1 with four decimals; null where nobody is counted.",
  })
  weightByPopulation?: number | null;

  @Field(() => Confidence, { description: 'How sure the weights are.' })
  confidence!: Confidence;

  @Field(() => String, {
    nullable: true,
    description: 'Where the weights come from, and how they were worked out; null where that needs no word.',
  })
  sourceNote?: string | null;
}

import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { findBy } from '../../graph/find.js';
import { Reads } from '../../graph/reads.js';
import type { DirectoryContext } from './context.js';
import { placeFields, type PlaceRow } from './place.fields.js';
import { PlaceType, PointType } from './place.type.js';
import { RegionType } from './region.type.js';

@Resolver(() => PlaceType)
export class PlaceResolver {
  @Reads({ loaders: { id: 'placeById', slug: 'placeBySlug' } })
  @Query(() => PlaceType, {
    nullable: true,
    description: 'The place with this id or slug; null and a NOT_FOUND error where you may see none.',
  })
  place(
    @Arg('id', () => ID, { nullable: true, description: "The place's id." }) id: string | undefined,
    @Arg('slug', () => String, { nullable: true, description: 'Its readable key, such as `florence`.' }) slug:
      | string
      | undefined,
    @Ctx() { loaders }: DirectoryContext,
  ): Promise<PlaceType> {
    return findBy<PlaceRow>(placeFields, { id: [id, loaders.placeById], slug: [slug, loaders.placeBySlug] });
  }

  @Reads({ loader: 'placeById', key: 'parentId' })
  @FieldResolver(() => PlaceType, { nullable: true, description: 'The place that this one lies in; null for a city.' })
  parent(@Root() { parentId }: PlaceRow, @Ctx() { loaders }: DirectoryContext): Promise<PlaceType | null> | null {
    return parentId === null ? null : loaders.placeById.load(parentId);
  }

  @FieldResolver(() => PointType, {
    nullable: true,
    description: 'Where it is on a map; null where nobody has placed it: list it beside the map.',
  })
  point(@Root() { latitude, longitude, pointPrecision }: PlaceRow): PointType | null {
    if (latitude == null || longitude == null || pointPrecision == null) return null;
    return { latitude: Number(latitude), longitude: Number(longitude), precision: pointPrecision };
  }

  @Reads({ loader: 'regionById', key: 'regionId' })
  @FieldResolver(() => RegionType, { nullable: true, description: 'The smallest known region around the place.' })
  region(@Root() { regionId }: PlaceRow, @Ctx() { loaders }: DirectoryContext): Promise<RegionType | null> | null {
    return regionId === null ? null : loaders.regionById.load(regionId);
  }
}

import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { findBy } from '../../graph/find.js';
import { Reads } from '../../graph/reads.js';
import type { DirectoryContext } from './context.js';
import { ParticipationArguments, ParticipationConnection } from './participation.type.js';
import { partnerFields, type PartnerRow } from './partner.fields.js';
import { PartnerArguments, PartnerConnection, PartnerObject } from './partner.type.js';
import { PartnerContactType } from './partner-detail.type.js';
import { PlaceType } from './place.type.js';
import { RegionType } from './region.type.js';

@Resolver(() => PartnerObject)
export class PartnerResolver {
  @Reads({ loaders: { id: 'partnerById', slug: 'partnerBySlug' } })
  @Query(() => PartnerObject, {
    nullable: true,
    description: 'The organisation with this id or slug; null and a NOT_FOUND error where you may see none.',
  })
  partner(
    @Arg('id', () => ID, { nullable: true, description: "The organisation's id." }) id: string | undefined,
    @Arg('slug', () => String, { nullable: true, description: 'Its readable key, such as `artex`.' }) slug:
      | string
      | undefined,
    @Ctx() { loaders }: DirectoryContext,
  ): Promise<PartnerObject> {
    return findBy<PartnerRow>(partnerFields, { id: [id, loaders.partnerById], slug: [slug, loaders.partnerBySlug] });
  }

  @Reads({ loader: 'partners' })
  @Query(() => PartnerConnection, { nullable: true, description: 'Organisations by region, type, project or name.' })
  partners(@Args(() => PartnerArguments) args: ConnectionArguments, @Ctx() { loaders }: DirectoryContext) {
    return loaders.partners(args);
  }

  @Reads({ loader: 'placeById', key: 'placeId' })
  @FieldResolver(() => PlaceType, {
    nullable: true,
    description: 'The city of its seat; null where no source names it.',
  })
  place(@Root() { placeId }: PartnerRow, @Ctx() { loaders }: DirectoryContext): Promise<PlaceType | null> | null {
    return placeId === null ? null : loaders.placeById.load(placeId);
  }

  @Reads({ loader: 'regionById', key: 'regionId' })
  @FieldResolver(() => RegionType, { nullable: true, description: 'The smallest known region of its seat.' })
  region(@Root() { regionId }: PartnerRow, @Ctx() { loaders }: DirectoryContext): Promise<RegionType | null> | null {
    return regionId === null ? null : loaders.regionById.load(regionId);
  }

  @FieldResolver(() => [PartnerContactType], {
    nullable: true,
    description: 'Whom to write to, by role; empty where none is published.',
  })
  contacts(@Root() { id }: PartnerRow, @Ctx() { loaders }: DirectoryContext): Promise<PartnerContactType[]> {
    return loaders.contactsByPartner.load(id);
  }

  @Reads({ loader: 'participationsByPartner' })
  @FieldResolver(() => ParticipationConnection, { nullable: true, description: 'Its parts in projects.' })
  participations(
    @Root() { id }: PartnerRow,
    @Args(() => ParticipationArguments) args: ConnectionArguments,
    @Ctx() { loaders }: DirectoryContext,
  ) {
    return loaders.participationsByPartner(args, id);
  }
}

import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Viewer } from '../../graph/context.js';
import { rightsOf } from '../rights.js';
import type { DirectoryContext } from './context.js';
import { PartnerObject } from './partner.type.js';
import { ViewerType, type DraftScope } from './viewer.type.js';

/** As the policies of the tables have it. */
const drafts: Record<Viewer['role'], keyof typeof DraftScope> = {
  ANONYMOUS: 'NONE',
  PARTNER: 'OWN',
  REVIEWER: 'ALL',
  ADMIN: 'ALL',
  SERVICE: 'ALL',
};

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, {
    nullable: true,
    description: 'Who asks, and what they may do; null only while the directory does not answer.',
  })
  viewer(@Ctx() { viewer: { role, accountId, partnerId } }: DirectoryContext): ViewerType {
    return { role, account: accountId, drafts: drafts[role], may: rightsOf(role), partnerId };
  }

  @FieldResolver(() => PartnerObject, {
    nullable: true,
    description: 'The organisation that an editor writes for; null for everyone else.',
  })
  async partner(
    @Root() { partnerId }: ViewerType,
    @Ctx() { loaders }: DirectoryContext,
  ): Promise<PartnerObject | null> {
    return partnerId === null ? null : loaders.partnerById.load(partnerId);
  }
}

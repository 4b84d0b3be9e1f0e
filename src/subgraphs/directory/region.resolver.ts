import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { BadInput, NotFound } from '../../graph/errors.js';
import { findBy } from '../../graph/find.js';
import { Reads } from '../../graph/reads.js';
import type { DirectoryContext } from './context.js';
import { PartnerArguments, PartnerConnection } from './partner.type.js';
import { versioned } from './region-link.loaders.js';
import { currentVersion, regionFields, versions, type RegionRow } from './region.fields.js';
import { RegionArguments, RegionConnection, RegionType } from './region.type.js';

/** Codes of `within` are of the current version: asked for together with older versions alone, nothing can be there. */
function refuseEmptySubtree({ where }: ConnectionArguments): void {
  const { region, version } = (where ?? {}) as {
    region?: { within?: string | null } | null;
    version?: { eq?: number | null; in?: number[] | null } | null;
  };
  const asked = [version?.eq ?? [], version?.in ?? []].flat();
  if (region?.within == null || asked.length === 0 || asked.includes(currentVersion)) return;
  throw new BadInput(
    `\`region.within\` takes codes of NUTS ${currentVersion}, and \`version\` asks for others. Use \`region(code, version) { descendants }\`.`,
  );
}

@Resolver(() => RegionType)
export class RegionResolver {
  @Reads({ loaders: { id: 'regionById', code: 'currentRegionByCode' } })
  @Query(() => RegionType, {
    nullable: true,
    description: 'The region with this id, or with this code; null and a NOT_FOUND error where there is none.',
  })
  region(
    @Arg('id', () => ID, { nullable: true, description: "The region's id." }) id: string | undefined,
    @Arg('code', () => String, { nullable: true, description: 'Its code, such as ITI14.' }) code: string | undefined,
    @Arg('version', () => Int, {
      nullable: true,
      defaultValue: currentVersion,
      description: 'The year of the classification that the code is from: 2010, 2021 or 2024.',
    })
    asked: number | null,
    @Ctx() { loaders }: DirectoryContext,
  ): Promise<RegionType> {
    const version = asked ?? currentVersion;
    if (!versions.includes(version))
      throw new BadInput(`Codes of ${version} are not known here. Use those of ${versions.join(', ')}.`);
    const load = async (given: string): Promise<RegionRow> => {
      const region = await loaders.regionByCode.load(versioned(version, given));
      if (region) return region;
      const former = version === currentVersion ? await loaders.formerCode.load(given) : null;
      const none = `No region has the code '${given.slice(0, 20)}' in NUTS ${version}. Check it against the list, or name another version.`;
      throw new NotFound(former?.[1] ?? none);
    };
    return findBy<RegionRow>(regionFields, { id: [id, loaders.regionById], code: [code, { load }] });
  }

  @Reads({ loader: 'regions' })
  @Query(() => RegionConnection, {
    nullable: true,
    description: 'Regions by code, level, country, name or version; those of NUTS 2024 unless `where` names a version.',
  })
  regions(@Args(() => RegionArguments) args: ConnectionArguments, @Ctx() { loaders }: DirectoryContext) {
    refuseEmptySubtree(args);
    return loaders.regions(args);
  }

  @Reads({ loader: 'regionById', key: 'parentId' })
  @FieldResolver(() => RegionType, {
    nullable: true,
    description: 'The region of the next level that holds this one; null for a country.',
  })
  parent(@Root() { parentId }: RegionRow, @Ctx() { loaders }: DirectoryContext): Promise<RegionType | null> | null {
    return parentId === null ? null : loaders.regionById.load(parentId);
  }

  @FieldResolver(() => [RegionType], {
    nullable: true,
    description: 'The regions that hold this one, from the country down; empty for a country.',
  })
  async ancestors(@Root() { path }: RegionRow, @Ctx() { loaders }: DirectoryContext): Promise<RegionType[]> {
    const steps = path.split('/').slice(0, -1);
    const paths = steps.slice(2).map((_, index) => `${steps.slice(0, index + 2).join('/')}/`);
    const found = await Promise.all(paths.map((each) => loaders.regionByPath.load(each)));
    return found.filter((region) => region !== null);
  }

  @Reads({ loader: 'regionsByParent' })
  @FieldResolver(() => RegionConnection, {
    nullable: true,
    description: 'The regions of the next level inside this one.',
  })
  children(
    @Root() { id }: RegionRow,
    @Args(() => RegionArguments) args: ConnectionArguments,
    @Ctx() { loaders }: DirectoryContext,
  ) {
    return loaders.regionsByParent(args, id);
  }

  @Reads({ loader: 'regionsByAncestor' })
  @FieldResolver(() => RegionConnection, {
    nullable: true,
    description: 'Every region inside this one; `where: { level: { eq: 3 } }` for the smallest.',
  })
  descendants(
    @Root() { id }: RegionRow,
    @Args(() => RegionArguments) args: ConnectionArguments,
    @Ctx() { loaders }: DirectoryContext,
  ) {
    return loaders.regionsByAncestor(args, id);
  }

  @Reads({ loader: 'partnersByRegion' })
  @FieldResolver(() => PartnerConnection, {
    nullable: true,
    description: 'Organisations with their seat in this region or in one inside it.',
  })
  partners(
    @Root() { id }: RegionRow,
    @Args(() => PartnerArguments) args: ConnectionArguments,
    @Ctx() { loaders }: DirectoryContext,
  ) {
    return loaders.partnersByRegion(args, id);
  }
}

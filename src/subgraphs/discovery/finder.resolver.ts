import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { BadInput } from '../../graph/errors.js';
import { recordOf } from '../records.js';
import type { DiscoveryContext } from './context.js';
import { nodeStubs } from './node.stub.js';

const PartnerConnection = connectionType('Partner', () => nodeStubs.Partner, 'partners');
const RegionConnection = connectionType('Region', () => nodeStubs.Region, 'regions');
const PageArguments = connectionArguments({ ...recordOf('Partner'), columns: [] }, 'records');

/** The path of the region that wants to learn, named by its code or as the seat of an organisation. */
async function learnerOf(
  { loaders }: DiscoveryContext,
  region: string | null | undefined,
  partner: string | null | undefined,
): Promise<string> {
  if ((region == null) === (partner == null))
    throw new BadInput('Name your region by `region` or by `partner`, one of the two.');
  if (region != null) return loaders.regionPath(region);
  const slug = partner ?? '';
  const seat = await loaders.seatBySlug.load(slug);
  if (seat === null)
    throw new BadInput(`No partner has the slug '${slug.slice(0, 100)}'. Take one that \`partners\` lists.`);
  if (seat.path === null) throw new BadInput(`The region of '${slug}' is not known here. Name yours by \`region\`.`);
  return seat.path;
}

/** Lists whose question spans subgraphs: a `where` speaks of its own and lower tables alone. */
@Resolver()
export class FinderResolver {
  @Query(() => PartnerConnection, {
    nullable: true,
    description:
      'Partners that hosted an event on a theme and own a good practice in it, by name: whom to ask for both. Narrower themes count.',
  })
  hostsWithPractices(
    @Arg('theme', () => String, { description: 'Slug of the theme, such as `innocrafts-t3`; narrower ones count.' })
    theme: string,
    @Arg('region', () => String, {
      nullable: true,
      description: 'Only partners with their seat in this region or in one inside it, by its code in NUTS 2024.',
    })
    region: string | undefined,
    @Args(() => PageArguments) page: ConnectionArguments,
    @Ctx() { loaders }: DiscoveryContext,
  ) {
    const within = { within: theme };
    return loaders.hosts({ ...page, where: { hosted: within, owns: within, region: region && { within: region } } });
  }

  @Query(() => RegionConnection, {
    nullable: true,
    description: `Regions with good practices on your themes that your region does not have yet, by code. Each is the smallest
where such a practice is known to be at work, of whatever level. Yours has a practice when it is at work there, in a region
inside it or in one that holds it, or when a transfer that brought it there is implemented.`,
  })
  async regionsToLearnFrom(
    @Arg('region', () => String, { nullable: true, description: 'Your region, by its code in NUTS 2024.' })
    region: string | undefined,
    @Arg('partner', () => String, {
      nullable: true,
      description: 'In place of `region`: the slug of an organisation, whose seat is in it.',
    })
    partner: string | undefined,
    @Arg('themes', () => [String], { description: 'Slugs of your themes, at least one; narrower ones count.' })
    themes: string[],
    @Args(() => PageArguments) page: ConnectionArguments,
    @Ctx() context: DiscoveryContext,
  ) {
    if (themes.length === 0) throw new BadInput('`themes` is empty. Name at least one that `themes` lists.');
    const where = { or: themes.map((within) => ({ theme: { within } })) };
    return context.loaders.teachingRegions({ ...page, where }, await learnerOf(context, region, partner));
  }
}

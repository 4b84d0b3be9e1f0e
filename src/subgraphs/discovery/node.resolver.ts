import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { BadInput } from '../../graph/errors.js';
import { prefixOf } from '../../graph/ids.js';
import { limits } from '../../graph/limits.js';
import { NodeType } from '../record.type.js';
import type { DiscoveryContext } from './context.js';

@Resolver(() => NodeType)
export class NodeResolver {
  @Query(() => NodeType, {
    nullable: true,
    description: 'The record with this id, of whatever type; null where there is none that you may see.',
  })
  async node(
    @Arg('id', () => ID, { description: "The record's id." }) id: string,
    @Ctx() { loaders }: DiscoveryContext,
  ): Promise<NodeType | null> {
    prefixOf(id);
    return loaders.nodeById.load(id);
  }

  @Query(() => [NodeType], {
    nullable: 'itemsAndList',
    description:
      'The records with these ids, in their order, at most 100; null in the place of each that you may not see.',
  })
  async nodes(
    @Arg('ids', () => [ID], { description: 'Any types mixed, each id as a record gave it; at most 100.' })
    ids: string[],
    @Ctx() { loaders }: DiscoveryContext,
  ): Promise<(NodeType | null)[]> {
    if (ids.length > limits.page)
      throw new BadInput(`${ids.length} ids are too many. Ask for at most ${limits.page} at once.`);
    ids.forEach(prefixOf);
    return Promise.all(ids.map((id) => loaders.nodeById.load(id)));
  }
}

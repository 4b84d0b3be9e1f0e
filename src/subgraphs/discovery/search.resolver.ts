import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { BadInput } from '../../graph/errors.js';
import { limits } from '../../graph/limits.js';
import { NodeType } from '../record.type.js';
import type { DiscoveryContext } from './context.js';
import { nodeStubs } from './node.stub.js';
import { SearchArguments, SuggestArguments } from './search.inputs.js';
import { SearchConnection, SearchHitType } from './search.type.js';
import type { SearchHit } from './search/engine.js';
import { search, similar, suggest } from './search/ask.js';

function checkedSize(first: number | null | undefined, otherwise: number): number {
  const size = first ?? otherwise;
  const most = limits.search.suggestions;
  if (size < 0 || size > most) throw new BadInput(`\`first: ${size}\` is not between 0 and ${most}.`);
  return size;
}

/** Words in, records out: whatever the record, with what is told of all that were found. */
@Resolver(() => SearchHitType)
export class SearchResolver {
  @Query(() => SearchConnection, {
    nullable: true,
    description: `Finds good practices, partners, projects, transfers, events and outputs by words, in all languages of their
texts, with typing errors and words for the same forgiven. Open to everyone: what is not published is not found.`,
  })
  search(
    @Args(() => SearchArguments) args: SearchArguments,
    @Ctx() context: DiscoveryContext,
  ): Promise<SearchConnection> {
    return search(args, context);
  }

  @Query(() => [SearchHitType], {
    nullable: true,
    description: 'What somebody may mean who has typed this much: records whose title, or a word of it, begins so.',
  })
  suggest(
    @Args(() => SuggestArguments) args: SuggestArguments,
    @Ctx() context: DiscoveryContext,
  ): Promise<SearchHit[]> {
    return suggest({ ...args, size: checkedSize(args.first, 10) }, context);
  }

  @FieldResolver(() => NodeType, {
    nullable: true,
    description: 'The record itself; null where it is gone by now, or not for you to see.',
  })
  item(@Root() { id }: SearchHit, @Ctx() { loaders }: DiscoveryContext): Promise<NodeType | null> {
    return loaders.nodeById.load(id);
  }
}

@Resolver(() => nodeStubs.GoodPractice)
export class SimilarPracticesResolver {
  @FieldResolver(() => [nodeStubs.GoodPractice], {
    nullable: true,
    description:
      'Good practices with the same themes and telling words, the most alike first; what is made up only beside its like.',
  })
  similar(
    @Root() { id }: NodeType,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: 5,
      description: `How many at most: 5 when no number is given, and no more than ${limits.search.suggestions}.`,
    })
    first: number | null | undefined,
    @Ctx() context: DiscoveryContext,
  ): Promise<NodeType[] | null> {
    return similar(id, checkedSize(first, 5), context);
  }
}

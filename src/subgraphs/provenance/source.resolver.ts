import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { findBy } from '../../graph/find.js';
import { Reads } from '../../graph/reads.js';
import type { ProvenanceContext } from './context.js';
import { sourceFields, type SourceRow } from './source.fields.js';
import { SourceArguments, SourceConnection, SourceType } from './source.type.js';

@Resolver(() => SourceType)
export class SourceResolver {
  @Reads({ loaders: { id: 'sourceById', slug: 'sourceBySlug' } })
  @Query(() => SourceType, {
    nullable: true,
    description: 'The source with this id or slug; null and a NOT_FOUND error where you may see none.',
  })
  source(
    @Arg('id', () => ID, { nullable: true, description: "The source's id." }) id: string | undefined,
    @Arg('slug', () => String, { nullable: true, description: 'Its readable key, such as `interreg-ivc-innocrafts`.' })
    slug: string | undefined,
    @Ctx() { loaders }: ProvenanceContext,
  ): Promise<SourceType> {
    return findBy<SourceRow>(sourceFields, {
      id: [id, loaders.sourceById],
      slug: [slug, loaders.sourceBySlug],
    });
  }

  @Reads({ loader: 'sources' })
  @Query(() => SourceConnection, { nullable: true, description: 'Sources by status, kind, publisher, title or date.' })
  sources(@Args(() => SourceArguments) args: ConnectionArguments, @Ctx() { loaders }: ProvenanceContext) {
    return loaders.sources(args);
  }
}

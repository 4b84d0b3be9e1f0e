import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { findBy } from '../../graph/find.js';
import { Reads } from '../../graph/reads.js';
import { resolveTexts, type Texts } from '../../graph/translation.js';
import type { PracticesContext } from './context.js';
import { GoodPracticeArguments, GoodPracticeConnection } from './good-practice.type.js';
import { themeFields, type ThemeRow } from './theme.fields.js';
import { ThemeArguments, ThemeConnection, ThemeType } from './theme.type.js';

@Resolver(() => ThemeType)
export class ThemeResolver {
  @Reads({ loaders: { id: 'themeById', slug: 'themeBySlug' } })
  @Query(() => ThemeType, {
    nullable: true,
    description: 'The theme with this id or slug; null and a NOT_FOUND error where you may see none.',
  })
  theme(
    @Arg('id', () => ID, { nullable: true, description: "The theme's id." }) id: string | undefined,
    @Arg('slug', () => String, { nullable: true, description: 'Its readable key, such as `innocrafts-t2`.' }) slug:
      | string
      | undefined,
    @Ctx() { loaders }: PracticesContext,
  ): Promise<ThemeType> {
    return findBy<ThemeRow>(themeFields, { id: [id, loaders.themeById], slug: [slug, loaders.themeBySlug] });
  }

  @Reads({ loader: 'themes' })
  @Query(() => ThemeConnection, {
    nullable: true,
    description: 'Subjects to sort and find practices by, scheme by scheme.',
  })
  themes(@Args(() => ThemeArguments) args: ConnectionArguments, @Ctx() { loaders }: PracticesContext) {
    return loaders.themes(args);
  }

  @Reads({ loader: 'themeById', key: 'broaderId' })
  @FieldResolver(() => ThemeType, {
    nullable: true,
    description: 'The theme that takes this one in; null at the top of a list.',
  })
  broader(@Root() { broaderId }: ThemeRow, @Ctx() { loaders }: PracticesContext): Promise<ThemeType | null> | null {
    return broaderId === null ? null : loaders.themeById.load(broaderId);
  }

  @Reads({ loader: 'themesByBroader' })
  @FieldResolver(() => ThemeConnection, {
    nullable: true,
    description: 'The themes that this one takes in, one level down.',
  })
  narrower(
    @Root() { id }: ThemeRow,
    @Args(() => ThemeArguments) args: ConnectionArguments,
    @Ctx() { loaders }: PracticesContext,
  ) {
    return loaders.themesByBroader(args, id);
  }

  @Reads({ loader: 'themesByRelated' })
  @FieldResolver(() => [ThemeType], {
    nullable: true,
    description: 'Themes next to this one, neither broader nor narrower.',
  })
  related(@Root() { id }: ThemeRow, @Ctx() { loaders }: PracticesContext): Promise<ThemeType[]> {
    return loaders.themesByRelated.load(id);
  }

  @Reads({ loader: 'goodPracticesByTheme' })
  @FieldResolver(() => GoodPracticeConnection, {
    nullable: true,
    description: 'Practices sorted under it directly; those of narrower ones are not among them.',
  })
  goodPractices(
    @Root() { id }: ThemeRow,
    @Args(() => GoodPracticeArguments) args: ConnectionArguments,
    @Ctx() { loaders }: PracticesContext,
  ) {
    return loaders.goodPracticesByTheme(args, id);
  }
}

/** Its texts that exist in several languages. */
export const themeTexts = { label: { description: 'The theme in words.' } } as const satisfies Texts;

resolveTexts(ThemeResolver, themeTexts);

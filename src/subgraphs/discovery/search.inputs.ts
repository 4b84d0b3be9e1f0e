import { ArgsType, Field, Float, InputType, Int, type ClassType } from 'type-graphql';
import { orderType, whereType } from '../../graph/connection-types.js';
import type { Where } from '../../graph/filter.js';
import { limits } from '../../graph/limits.js';
import { LanguageTagScalar } from '../../graph/scalars.js';
import type { SearchRequest } from './search/engine.js';
import { SearchFacetField, searchFields } from './search.fields.js';

@InputType({
  description: 'A circle on the globe. A record is in it by the point of its place; those without one never match.',
})
export class SearchNear {
  @Field(() => Float, { description: 'North of the equator in degrees of WGS 84, from -90 to 90.' }) latitude!: number;
  @Field(() => Float, { description: 'East of Greenwich in degrees of WGS 84, from -180 to 180.' }) longitude!: number;
  @Field(() => Float, { description: 'In kilometres, more than 0 and at most 20,000.' }) radius!: number;
}

export const SearchWhere = whereType(searchFields, 'hits');
Field(() => SearchNear, {
  nullable: true,
  description: 'Only records near a point. It stands at the top of `where`, not within `and`, `or` and `not`.',
})(SearchWhere.prototype as object, 'near');
export const SearchOrder = orderType(searchFields, 'hits');

@InputType({ description: 'What the hits are counted by, and which of its values are told.' })
export class SearchFacetInput {
  @Field(() => SearchFacetField, {
    description: 'Counted as if `where` did not narrow by it, so that others can be chosen.',
  })
  field!: (typeof SearchFacetField)[keyof typeof SearchFacetField];

  @Field(() => Int, {
    nullable: true,
    defaultValue: 10,
    description: `How many values, the commonest first: 10 when no number is given, at most ${limits.search.facetValues}.`,
  })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Only values of which a word begins with these letters, without regard to case and accents: for pickers.',
  })
  prefix?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Of regions and themes: how deep values lie, 0 for countries and broadest themes. Without it the first below `below`, and at any depth for a `prefix`.',
  })
  level?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of regions and themes: only values inside this one, by its code or slug, such as `ITI1`.',
  })
  below?: string | null;
}

const query = `Words and "phrases", at most ${limits.search.query} characters; the last word may be a beginning until a space follows it.`;

@ArgsType()
export class SearchArguments {
  @Field(() => String, { nullable: true, description: `${query} Without it everything is listed.` })
  query?: string | null;

  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: 'The language of the query, whose texts alone are searched; without it texts of all languages are.',
  })
  language?: string | null;

  @Field(() => SearchWhere as ClassType<Where>, { nullable: true, description: 'Only records that match.' })
  where?: Where | null;

  @Field(() => [SearchFacetInput], {
    nullable: true,
    description: 'By what all hits are to be counted, beyond the page too; each field once.',
  })
  facets?: SearchFacetInput[] | null;

  @Field(() => SearchOrder, {
    nullable: true,
    defaultValue: 'RELEVANCE',
    description: 'How hits are ordered; ties are ordered by id.',
  })
  orderBy?: SearchRequest['order'] | null;

  @Field(() => Int, { nullable: true, description: 'The size of the page: 20 when no size is given, at most 100.' })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: `The cursor of the same search after which the page starts; pages reach the first ${limits.search.reach.toLocaleString('en')} hits.`,
  })
  after?: string | null;
}

@ArgsType()
export class SuggestArguments {
  @Field(() => String, { description: 'What was typed so far, such as `inno`; nothing is suggested for nothing.' })
  prefix!: string;

  @Field(() => SearchWhere as ClassType<Where>, { nullable: true, description: 'Only records that match.' })
  where?: Where | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 10,
    description: `How many at most: 10 when no number is given, and no more than ${limits.search.suggestions}.`,
  })
  first?: number | null;
}

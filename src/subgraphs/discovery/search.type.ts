import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../graph/connection-types.js';
import { DateTimeScalar } from '../../graph/scalars.js';
import type { FacetName, SearchedType, TextField } from './search/document.js';
import type { SearchHit } from './search/engine.js';
import { SearchFacetField, SearchTextField, SearchType } from './search.fields.js';

registerEnumType(SearchType, {
  name: 'SearchType',
  description: 'The types of records that are searched.',
  valuesConfig: {
    GOOD_PRACTICE: { description: 'Something that worked somewhere.' },
    PARTNER: { description: 'An organisation.' },
    PROJECT: { description: 'Work that partners were paid for together.' },
    TRANSFER: { description: 'An attempt to carry a practice elsewhere.' },
    EVENT: { description: 'A meeting with its sessions.' },
    OUTPUT: { description: 'Something that a project made, such as a toolkit.' },
  },
});
registerEnumType(SearchFacetField, {
  name: 'SearchFacetField',
  description: 'What hits can be counted by.',
  valuesConfig: {
    TYPE: { description: 'What sort of record it is.' },
    COUNTRY: { description: 'Countries, by their code as Eurostat writes it.' },
    REGION: { description: 'Regions of NUTS 2024, each with all that lies in it.' },
    THEME: { description: 'Subjects, each with its narrower ones.' },
    SECTOR: { description: 'Trades and industries, in the words of the record.' },
    YEAR: { description: 'When it began, took place or was reported.' },
    PROGRAMME: { description: 'What paid for the project behind it.' },
    VALIDATION: { description: 'Who has validated a practice.' },
    STATUS: { description: 'How far a transfer has come.' },
  },
});
registerEnumType(SearchTextField, {
  name: 'SearchTextField',
  description: 'Where in a record the words were found.',
  valuesConfig: {
    TITLE: { description: 'What the record is called, in any of its languages.' },
    NAME: { description: 'Another name of it, an acronym or a label.' },
    KEYWORD: { description: 'A keyword, a theme or a sector.' },
    SUMMARY: { description: 'The paragraph that sums it up.' },
    BODY: { description: 'Any longer text of it.' },
  },
});

@ObjectType('SearchSegment', { description: 'A stretch of a text that may be shown as it is: plain text, never HTML.' })
export class SegmentType {
  @Field(() => String, { description: 'Its characters; the segments in their order are the whole.' }) text!: string;
  @Field(() => Boolean, { description: 'Whether it is what was looked for: mark it.' }) isMatch!: boolean;
}

@ObjectType('SearchHit', {
  description:
    'A record that was found, with enough to show it. What is told here may be a second older than the record.',
})
export class SearchHitType implements SearchHit {
  @Field(() => ID, { description: 'Of the record, as `node` takes it.' }) id!: string;
  @Field(() => SearchType, { description: 'What sort of record it is.' }) type!: SearchedType;
  @Field(() => String, { description: 'The path of its page, such as `/practices/fuse`.' }) url!: string;
  @Field(() => String, { description: 'The whole title, or the name.' }) title!: string;
  @Field(() => [SegmentType], { description: 'The title in segments, those that match marked.' })
  highlights!: SegmentType[];
  @Field(() => [SegmentType], {
    description: 'Some words around the best match in the other texts; where only the title matches, how they begin.',
  })
  snippet!: SegmentType[];
  @Field(() => Float, { description: 'How well it matches, from 0 to 1; to be compared within one answer only.' })
  score!: number;
  @Field(() => [SearchTextField], { description: 'Why it was found: where the words are, the telling places first.' })
  matchedIn!: TextField[];
  @Field(() => Float, {
    nullable: true,
    description: 'Kilometres from the point of `where.near`; null unless it was asked for.',
  })
  distance!: number | null;
}

@ObjectType('SearchEdge', { description: 'One of the hits, with its place in the whole search.' })
class SearchEdge {
  @Field(() => SearchHitType, { description: 'The record that was found here.' }) node!: SearchHit;
  @Field(() => String, { description: 'This place, for `after` in the same search.' }) cursor!: string;
}

@ObjectType('SearchFacetValue', { description: 'A value of a facet, with the number of hits that have it.' })
export class FacetValueType {
  @Field(() => String, { description: 'As `where` takes it: a code, a slug, a year, or a name of an enum.' })
  value!: string;
  @Field(() => String, { description: 'For people: the name of the region, theme or programme, else the value.' })
  label!: string | (() => Promise<string>);
  @Field(() => Int, { description: 'Hits that have it, exact; of regions and themes those further inside count too.' })
  count!: number;
  @Field(() => String, {
    nullable: true,
    description: 'The value one level above, of regions and themes; null at the top and for other facets.',
  })
  parent!: string | null;
}

@ObjectType('SearchFacet', { description: 'All hits counted by one field, as if `where` did not narrow by it.' })
export class FacetType {
  @Field(() => SearchFacetField, { description: 'What is counted by.' }) field!: FacetName;
  @Field(() => [FacetValueType], { description: 'The commonest first.' }) values!: FacetValueType[];
}

@ObjectType('SearchRelaxation', {
  description: 'How a query that hardly anything answers whole was made to find more.',
})
export class RelaxationType {
  @Field(() => [String], {
    description:
      'Words that were left out, as they were typed: nothing has them, or of a long query nearly everything.',
  })
  dropped!: string[];
  @Field(() => Boolean, {
    description: 'Whether hits have some of the other words, in place of all of them; the more and the rarer first.',
  })
  isAnyWord!: boolean;
}

@ObjectType('SearchFreshness', { description: 'How far behind the records what is searched may be.' })
export class FreshnessType {
  @Field(() => DateTimeScalar, { description: 'When the last change that is in was made.' }) upTo!: string;
  @Field(() => Float, { description: 'Seconds since the oldest change that is not in; 0 where all are.' })
  lag!: number;
}

@ObjectType('SearchConnection', { description: 'A page of the hits of a search, and what is told of all of them.' })
export class SearchConnection {
  @Field(() => [SearchHitType], { description: 'The hits of this page.' }) nodes!: SearchHit[];
  @Field(() => [SearchEdge], { description: 'The hits of this page, each with its cursor.' }) edges!:
    | SearchEdge[]
    | (() => SearchEdge[]);
  @Field(() => PageInfo, { description: 'Where this page lies in the search.' }) pageInfo!: PageInfo | (() => PageInfo);
  @Field(() => Int, { description: 'How many records match: exact, beyond what pages reach too.' }) totalCount!: number;
  @Field(() => Boolean, { description: 'Always true of a search; here for programs that show lists alike.' })
  totalCountIsExact!: boolean;
  @Field(() => [FacetType], { description: 'In the order in which they were asked for.' }) facets!:
    | FacetType[]
    | (() => Promise<FacetType[]>);
  @Field(() => RelaxationType, {
    nullable: true,
    description:
      'What was not kept of the query, as hardly anything would have been found; null where hits have all of it.',
  })
  relaxed!: RelaxationType | null;
  @Field(() => Boolean, {
    description:
      'Whether the usual engine is down and another one answers: the same records, in another order perhaps.',
  })
  degraded!: boolean;
  @Field(() => FreshnessType, { nullable: true, description: 'How old the hits may be; null where that is not known.' })
  freshness!: FreshnessType | null | (() => Promise<FreshnessType | null>);
}

import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { DateScalar } from '../../graph/scalars.js';
import { DatePrecision } from '../record.fields.js';
import { RecordType } from '../record.type.js';
import { sourceFields, SourceKind, SourceStatus } from './source.fields.js';

registerEnumType(SourceKind, {
  name: 'SourceKind',
  description: 'What sort of thing a source is.',
  valuesConfig: {
    PAGE: { description: 'A page of a web site that is no news.' },
    NEWS: { description: 'A dated report, by the press or by a project about itself.' },
    PUBLICATION: { description: 'A book, guide or brochure.' },
    DATABASE_RECORD: { description: 'An entry of a public database, such as a programme’s list of good practices.' },
    DATASET: { description: 'A table of many values, such as a classification of regions.' },
  },
});
registerEnumType(SourceStatus, {
  name: 'SourceStatus',
  description: 'Whether a source can still be read where it was found.',
  valuesConfig: {
    LIVE: { description: 'It can be read, and may change.' },
    FROZEN: { description: 'It can be read, and nobody changes it any more.' },
    GONE: { description: 'It is no longer there.' },
  },
});

@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@ObjectType('Source', { description: 'A page, publication or data set that records and claims were taken from.' })
export class SourceType extends RecordType {
  @Field(() => String, { description: 'Readable key, such as `interreg-ivc-innocrafts`.' })
  slug!: string;

  @Field(() => String, { nullable: true, description: 'Its whole address; null where it is not online, or not known.' })
  url?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is, in a few words; null until somebody named it.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'Who answers for what it says; null where unknown.' })
  publisher?: string | null;

  @Field(() => SourceKind, { nullable: true, description: 'What sort of thing it is; null until somebody said so.' })
  kind?: SourceKind | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When it was published, as far as its precision says; null where it bears no date.',
  })
  published?: string | null;

  @Field(() => DatePrecision, { nullable: true, description: 'How much of `published` is known; null with it.' })
  publishedPrecision?: DatePrecision | null;

  @Field(() => DateScalar, { nullable: true, description: 'When we last read it; null where nobody noted the day.' })
  retrieved?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What was read then, as `sha256:` and 64 hexadecimal digits; null where nobody kept it.',
  })
  contentHash?: string | null;

  @Field(() => SourceStatus, { nullable: true, description: 'Whether it can still be read; null where nobody looked.' })
  status?: SourceStatus | null;

  @Field(() => String, { nullable: true, description: 'Under which terms it may be reused; null where unknown.' })
  licence?: string | null;
}

export const SourceConnection = connectionType('Source', () => SourceType, 'sources');
export const SourceArguments = connectionArguments(sourceFields, 'sources', { SourceKind, SourceStatus });

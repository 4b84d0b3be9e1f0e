import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { DateScalar, LanguageTagScalar } from '../../graph/scalars.js';
import { Confidence, DatePrecision } from '../record.fields.js';
import { RecordType } from '../record.type.js';
import { outputFields, OutputKind } from './output.fields.js';
import { OutputStatus } from './output-update.fields.js';

registerEnumType(OutputKind, {
  name: 'OutputKind',
  description: 'What sort of thing an output is.',
  valuesConfig: {
    TOOLKIT: { description: 'Tools and resources to work with.' },
    TRAINING_PLATFORM: { description: 'A place on the network to learn and to meet.' },
    GUIDE: { description: 'Advice in writing.' },
    PUBLICATION: { description: 'A book, a report or a volume of a series.' },
    NEWSLETTER: { description: 'News of the project, and what is handed out with it.' },
    OTHER: { description: 'None of these.' },
  },
});

@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@ObjectType('Output', { description: 'Something that a project made: a toolkit, a platform, a guide.' })
export class OutputType extends RecordType {
  @Field(() => String, { description: 'Readable key, such as `scale-sme-toolkit`.' })
  slug!: string;

  title!: string;
  purpose?: string | null;
  description?: string | null;

  @Field(() => OutputKind, { description: 'What sort of thing it is.' })
  type!: OutputKind;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether its source counts it among the main results of the project; null where none says.',
  })
  isMainResult?: boolean | null;

  @Field(() => OutputStatus, {
    nullable: true,
    description: 'How far it had come by its latest update; null where none is known.',
  })
  status?: OutputStatus | null;

  @Field(() => DateScalar, { nullable: true, description: 'The day of its latest update; null where none is known.' })
  updatedOn?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is built on, such as Moodle; null where unknown.' })
  technology?: string | null;

  @Field(() => Int, { nullable: true, description: 'Its number in a series; null where it is in none.' })
  volume?: number | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When it was published, as far as its precision says; null where unknown.',
  })
  publishedOn?: string | null;

  @Field(() => DatePrecision, { nullable: true, description: 'How much of `publishedOn` is known; null with it.' })
  publishedOnPrecision?: DatePrecision | null;

  @Field(() => [LanguageTagScalar], { description: 'The languages it exists in; empty where no source tells.' })
  languages!: string[];
}

export const OutputConnection = connectionType('Output', () => OutputType, 'outputs');
export const OutputArguments = connectionArguments(outputFields, 'outputs', { OutputKind, OutputStatus, Confidence });

import { Directive, Field, ObjectType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { LanguageTagScalar } from '../../graph/scalars.js';
import { RecordType } from '../record.type.js';
import { themeFields } from './theme.fields.js';

@ObjectType('AlternativeLabels', { description: 'Other words for a theme in one language.' })
export class AlternativeLabelsType {
  @Field(() => LanguageTagScalar, { description: 'The language of the words.' }) language!: string;
  @Field(() => [String], { description: 'The words, without order.' }) labels!: string[];
}

@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@ObjectType('Theme', {
  description:
    'A subject of practices: a concept as SKOS has it, from the list of a project or programme, or of our own vocabulary.',
})
export class ThemeType extends RecordType {
  @Field(() => String, { description: 'Readable key, such as `innocrafts-t2`.' })
  slug!: string;

  @Field(() => String, { description: 'The list that the theme is from, such as INNOCRAFTS.' })
  scheme!: string;

  @Field(() => String, { description: 'Its sign in that list, such as T2.' })
  notation!: string;

  label!: string;

  @Field(() => [AlternativeLabelsType], { description: 'Other words for the same, language by language.' })
  alternativeLabels!: AlternativeLabelsType[];
}

export const ThemeConnection = connectionType('Theme', () => ThemeType, 'themes');
export const ThemeArguments = connectionArguments(themeFields, 'themes');

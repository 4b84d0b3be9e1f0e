import { Directive, Field, ObjectType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { RecordType } from '../record.type.js';
import { themeFields } from './theme.fields.js';

@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@ObjectType('Theme', { description: 'A subject of practices, from the list of one project or programme.' })
export class ThemeType extends RecordType {
  @Field(() => String, { description: 'Readable key, such as `innocrafts-t2`.' })
  slug!: string;

  @Field(() => String, { description: 'The list that the theme is from, such as INNOCRAFTS.' })
  scheme!: string;

  @Field(() => String, { description: 'Its sign in that list, such as T2.' })
  notation!: string;

  label!: string;
}

export const ThemeConnection = connectionType('Theme', () => ThemeType, 'themes');
export const ThemeArguments = connectionArguments(themeFields, 'themes');

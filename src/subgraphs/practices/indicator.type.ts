import { Directive, Field, ObjectType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { RecordType } from '../record.type.js';
import { indicatorFields } from './indicator.fields.js';

@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@ObjectType('Indicator', { description: 'Something that is counted or measured, always in one unit.' })
export class IndicatorType extends RecordType {
  @Field(() => String, { description: 'Readable key.' })
  slug!: string;

  @Field(() => String, { description: 'What is counted or measured.' })
  name!: string;

  @Field(() => String, { description: 'The unit of its figures, such as people, percent or EUR.' })
  unit!: string;
}

export const IndicatorConnection = connectionType('Indicator', () => IndicatorType, 'indicators');
export const IndicatorArguments = connectionArguments(indicatorFields, 'indicators');

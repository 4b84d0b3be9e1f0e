import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { DateScalar } from '../../graph/scalars.js';
import { RecordType } from '../record.type.js';
import { OutputStatus } from './output-update.fields.js';

registerEnumType(OutputStatus, {
  name: 'OutputStatus',
  description: 'How far an output has come.',
  valuesConfig: {
    PLANNED: { description: 'Agreed, and not begun.' },
    IN_DEVELOPMENT: { description: 'Being made.' },
    FIRST_VERSION: { description: 'A first version was shown; work goes on.' },
    COMPLETED: { description: 'Finished.' },
    DISCONTINUED: { description: 'Given up, or no longer offered.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType('OutputUpdate', { description: 'How far an output had come on a day.' })
export class OutputUpdateType extends RecordType {
  @Field(() => DateScalar, { description: 'The day on which the status was told.' })
  reportedOn!: string;

  @Field(() => OutputStatus, { description: 'How far the output had come.' })
  status!: OutputStatus;

  note?: string | null;
}

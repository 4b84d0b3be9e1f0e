import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { RecordType } from '../record.type.js';

@Directive('@key(fields: "id")')
@ObjectType('Action', { description: 'One thing that an action plan sets out to do.' })
export class ActionType extends RecordType {
  title!: string;

  @Field(() => Int, { description: 'Its place in the plan, from 0.' })
  position!: number;
}

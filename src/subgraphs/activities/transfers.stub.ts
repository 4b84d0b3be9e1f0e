import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A transfer as this subgraph sees it: a key to hang its own fields on. */
@Directive('@key(fields: "id")')
@ObjectType('Transfer')
export class TransferStub {
  @Field(() => ID) id!: string;
}

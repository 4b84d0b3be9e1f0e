import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** The records of practices as this subgraph sees them: keys to hang its own fields on. */

@Directive('@key(fields: "id")')
@ObjectType('GoodPractice')
export class GoodPracticeStub {
  @Field(() => ID) id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Theme')
export class ThemeStub {
  @Field(() => ID) id!: string;
}

import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** The records of the directory as this subgraph sees them: keys to hang its own fields on. */

@Directive('@key(fields: "id")')
@ObjectType('Partner')
export class PartnerStub {
  @Field(() => ID) id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Region')
export class RegionStub {
  @Field(() => ID) id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Project')
export class ProjectStub {
  @Field(() => ID) id!: string;
}

@Directive('@key(fields: "id")')
@ObjectType('Place')
export class PlaceStub {
  @Field(() => ID) id!: string;
}

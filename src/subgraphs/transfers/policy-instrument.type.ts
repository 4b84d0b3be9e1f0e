import { Directive, Field, ObjectType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { RecordType } from '../record.type.js';
import { policyInstrumentFields } from './policy-instrument.fields.js';

@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@ObjectType('PolicyInstrument', {
  description: 'A policy, a programme or a part of one that can carry a practice beyond the life of a project.',
})
export class PolicyInstrumentType extends RecordType {
  @Field(() => String, { description: 'Readable key, such as `plurirregional-op-spain-2014-2020-ot3`.' })
  slug!: string;

  name!: string;
  programmeText?: string | null;

  @Field(() => String, { nullable: true, description: 'Its own pages; null where none is known.' })
  website?: string | null;
}

export const PolicyInstrumentConnection = connectionType(
  'PolicyInstrument',
  () => PolicyInstrumentType,
  'policy instruments',
);
export const PolicyInstrumentArguments = connectionArguments(policyInstrumentFields, 'policy instruments');

import { Directive, Field, ObjectType } from 'type-graphql';
import { Qualifier } from '../figure.fields.js';
import { RecordType } from '../record.type.js';

@Directive('@key(fields: "id")')
@ObjectType('Claim', {
  description:
    'What one source says of one field of a record. `confidence` is how sure the claim is, `sourceNote` what else is to be known.',
})
export class ClaimType extends RecordType {
  @Field(() => String, { description: "The field of the record, by the graph's name, such as `budget`." })
  field!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Which question about the field, where it is a list or a text; null where it is the whole field.',
  })
  subject?: string | null;

  @Field(() => String, { description: 'What the source says, in words; amounts as `2318400.00 EUR`.' })
  value!: string;

  @Field(() => Qualifier, { description: 'How the value is to be read, where it is a figure.' })
  qualifier!: Qualifier;

  @Field(() => Boolean, {
    description: 'Whether it is the one that the record shows; at most one of a field and subject is.',
  })
  isSelected!: boolean;
}

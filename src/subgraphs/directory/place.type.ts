import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { RecordType } from '../record.type.js';
import { PlaceKind } from './place.fields.js';

registerEnumType(PlaceKind, {
  name: 'PlaceKind',
  description: 'What sort of place it is.',
  valuesConfig: {
    CITY: { description: 'A city, town or village.' },
    DISTRICT: { description: 'A part of a city.' },
    VENUE: { description: 'A building or room where people meet.' },
    SITE: { description: 'Somewhere to visit.' },
  },
});

@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@ObjectType('Place', { description: 'A city, a district of one, a venue or a site.' })
export class PlaceType extends RecordType {
  @Field(() => String, { description: 'Readable key, such as `florence`.' })
  slug!: string;

  @Field(() => String, { description: 'The English name, else the local one.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The name in the letters of the place; null where it is the same or unknown.',
  })
  nameLocal?: string | null;

  @Field(() => PlaceKind, { description: 'What sort of place it is.' })
  kind!: PlaceKind;
}

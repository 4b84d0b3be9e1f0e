import { Directive, Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { RecordType } from '../record.type.js';
import { PlaceKind, PointPrecision } from './place.fields.js';

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

registerEnumType(PointPrecision, {
  name: 'PointPrecision',
  description: 'Of what a point is: how closely it may be shown.',
  valuesConfig: {
    BUILDING: { description: 'Of the building or the site itself.' },
    DISTRICT: { description: 'Somewhere in its part of the city.' },
    CITY: { description: 'Of the city that it lies in.' },
  },
});

@ObjectType('Point', { description: 'A position in degrees of WGS 84.' })
export class PointType {
  @Field(() => Float, { description: 'North of the equator; negative in the south.' }) latitude!: number;
  @Field(() => Float, { description: 'East of Greenwich; negative in the west.' }) longitude!: number;
  @Field(() => PointPrecision, {
    description: 'How large a thing the two numbers stand for, from a building to a region.',
  })
  precision!: PointPrecision;
}

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

import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { RecordType } from '../record.type.js';
import { RegionGroup, RegionScheme, regionFields } from './region.fields.js';

registerEnumType(RegionScheme, {
  name: 'RegionScheme',
  description: 'The classification that a region belongs to.',
  valuesConfig: {
    NUTS: { description: 'The regions of the European Union (Regulation (EC) No 1059/2003).' },
    SR: { description: 'Statistical regions that Eurostat keeps for EFTA and candidate countries.' },
    ISO3166: { description: 'A country known here without its regions, such as the United Kingdom.' },
    CUSTOM: { description: 'An area that no official classification has.' },
  },
});
registerEnumType(RegionGroup, {
  name: 'RegionGroup',
  description: 'How the country stands to the European Union.',
  valuesConfig: {
    EU: { description: 'A member state.' },
    EFTA: { description: 'A state of the European Free Trade Association.' },
    CANDIDATE: { description: 'A candidate or potential candidate.' },
    OTHER: { description: 'None of these.' },
  },
});

@Directive('@key(fields: "id")')
@Directive('@key(fields: "code")')
@ObjectType('Region', { description: 'A country, a NUTS region or a statistical region.' })
export class RegionType extends RecordType {
  @Field(() => RegionScheme, { description: 'The classification that the code belongs to.' })
  scheme!: RegionScheme;

  @Field(() => Int, {
    description:
      'The year of the classification (2010, 2021 or 2024): the same code may mean another area in another year.',
  })
  codeVersion!: number;

  @Field(() => String, { description: 'As Eurostat writes it, such as ITI14, or EL for Greece.' })
  code!: string;

  @Field(() => Int, { description: '0 is a country; 1, 2 and 3 are the NUTS levels, 3 the smallest areas.' })
  level!: number;

  @Field(() => String, { description: 'The first two letters of the code; Greece is EL.' })
  countryCode!: string;

  @Field(() => String, { description: 'ISO 3166-1 alpha-2; Greece is GR.' })
  isoCountryCode!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The English name, else the name in Latin letters. Null only for regions of versions before 2024 whose name is unknown: show the code instead.',
  })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name in the languages and letters of the region itself; null where `name` is.',
  })
  nameLocal?: string | null;

  @Field(() => String, { nullable: true, description: 'The local name in Latin letters; null where `name` is.' })
  nameLatin?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The usual English name; null where English uses the local one.',
  })
  nameEnglish?: string | null;

  @Field(() => RegionGroup, { description: 'How the country stands to the European Union.' })
  group!: RegionGroup;

  @Field(() => String, {
    nullable: true,
    description: 'To be shown wherever the name is; null for almost all regions.',
  })
  designationNote?: string | null;
}

export const RegionConnection = connectionType('Region', () => RegionType, 'regions');
export const RegionArguments = connectionArguments(regionFields, 'regions', { RegionGroup, RegionScheme });

import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { LanguageTagScalar } from '../../graph/scalars.js';
import { RecordType } from '../record.type.js';
import { PartnerType, partnerFields } from './partner.fields.js';

registerEnumType(PartnerType, {
  name: 'PartnerType',
  description: 'The types of organisation that the Interreg programmes 2021-2027 count.',
  valuesConfig: {
    LOCAL_PUBLIC_AUTHORITY: { description: 'A municipality or the like.' },
    REGIONAL_PUBLIC_AUTHORITY: { description: 'A regional council or the like.' },
    NATIONAL_PUBLIC_AUTHORITY: { description: 'A ministry or the like.' },
    SECTORAL_AGENCY: {
      description: 'A public body for one field, such as an agency for crafts or for the environment.',
    },
    INFRASTRUCTURE_SERVICE_PROVIDER: { description: 'Public transport, utilities, an airport or a port.' },
    INTEREST_GROUP_NGO: {
      description: 'An association of municipalities, a trade union, a foundation or another interest group.',
    },
    HIGHER_EDUCATION_RESEARCH: { description: 'A university, a college or a research institute.' },
    EDUCATION_TRAINING_CENTRE: { description: 'A school or a vocational training centre.' },
    ENTERPRISE: { description: 'An enterprise of more than 250 people.' },
    SME: { description: 'A small or medium-sized enterprise.' },
    BUSINESS_SUPPORT_ORGANISATION: { description: 'A chamber of commerce, an incubator or a cluster.' },
    EGTC: { description: 'A European grouping of territorial cooperation.' },
    INTERNATIONAL_ORGANISATION_NATIONAL_LAW: {
      description: 'An international organisation, or a European economic interest grouping, under national law.',
    },
    INTERNATIONAL_ORGANISATION_INTERNATIONAL_LAW: {
      description: 'An international organisation under international law.',
    },
    GENERAL_PUBLIC: { description: 'Citizens.' },
    HOSPITAL_MEDICAL_CENTRE: { description: 'A hospital or a medical centre.' },
    OTHER: { description: 'None of these.' },
  },
});

@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@ObjectType('Partner', {
  description: 'An organisation that takes part in projects, owns practices or receives transfers.',
})
export class PartnerObject extends RecordType {
  @Field(() => String, { description: 'Readable key, such as `municipality-of-florence`.' })
  slug!: string;

  @Field(() => String, { description: 'The English name, else the name in Latin letters, else the original one.' })
  name!: string;

  @Field(() => String, { description: "The name in the organisation's own language, or as its source has it." })
  nameOriginal!: string;

  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: 'The language of `nameOriginal`; null where that is unknown.',
  })
  nameOriginalLanguage?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The original name in Latin letters; null where it is written in them.',
  })
  nameLatin?: string | null;

  @Field(() => String, { nullable: true, description: 'The English name that a source gives; null where none does.' })
  nameEnglish?: string | null;

  @Field(() => String, { nullable: true, description: 'Short form of the name.' })
  acronym?: string | null;

  @Field(() => [String], { description: 'Names it bore before.' })
  formerNames!: string[];

  @Field(() => PartnerType, {
    nullable: true,
    description: 'The type of organisation; null where no source allows to tell.',
  })
  type?: PartnerType | null;

  @Field(() => String, { nullable: true, description: 'Its own pages.' })
  website?: string | null;
}

export const PartnerConnection = connectionType('Partner', () => PartnerObject, 'partners');
export const PartnerArguments = connectionArguments(partnerFields, 'partners', { PartnerType });

import { registerEnumType } from 'type-graphql';
import { PartnerType } from './directory/partner.fields.js';

/** In the schemas of all subgraphs that filter by it. */
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
    HOSPITAL_MEDICAL_CENTRE: {
      description: 'A place where the sick are treated, or where medicine is researched with them.',
    },
    OTHER: { description: 'None of these.' },
  },
});

export { PartnerType };

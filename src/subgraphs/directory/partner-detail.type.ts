import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { LanguageTagScalar } from '../../graph/scalars.js';
import { IdentifierScheme, LegalStatus, NameKind } from './partner.fields.js';

registerEnumType(LegalStatus, {
  name: 'LegalStatus',
  description: 'What an organisation is in law, as Interreg programmes ask it.',
  valuesConfig: {
    PUBLIC: { description: 'An authority of a state, a region or a municipality.' },
    BODY_GOVERNED_BY_PUBLIC_LAW: {
      description:
        'Set up for the public interest and mostly paid or led by authorities (Directive 2014/24/EU, Article 2).',
    },
    PRIVATE_NON_PROFIT: { description: 'Private, and not run for profit.' },
    PRIVATE_FOR_PROFIT: { description: 'Private, and run for profit.' },
  },
});
registerEnumType(NameKind, {
  name: 'NameKind',
  description: 'How a name stands to the organisation.',
  valuesConfig: {
    CURRENT: { description: 'The name in force, the same as `nameOriginal`; it stands here for its dates.' },
    FORMER: { description: 'A name that it bore before.' },
    ALIAS: { description: 'A name by which others know it.' },
    TRANSLATION: { description: 'The name in another language.' },
  },
});
registerEnumType(IdentifierScheme, {
  name: 'IdentifierScheme',
  description: 'Who gave an identifier to an organisation.',
  valuesConfig: {
    PIC: { description: 'Participant identification code of the European Commission: nine digits.' },
    VAT: { description: 'Value added tax number, with the letters of the country.' },
    ROR: { description: 'Research Organization Registry: the nine signs after ror.org/.' },
    WIKIDATA: { description: 'Item of Wikidata, such as Q2044.' },
    NATIONAL: { description: 'A number from a register of its country.' },
  },
});

const known = 'as far as it is known: 2012, 2012-05 or 2012-05-31; null where unknown.';

@ObjectType('PartnerName', { description: 'A further name of an organisation.' })
export class PartnerNameType {
  @Field(() => String, { description: 'As it was or is written.' }) name!: string;
  @Field(() => LanguageTagScalar, { nullable: true, description: 'The language it is in; null where unknown.' })
  language!: string | null;
  @Field(() => String, { nullable: true, description: `Since when it was borne, ${known}` }) from!: string | null;
  @Field(() => String, { nullable: true, description: `Until when it was borne, ${known}` }) to!: string | null;
  @Field(() => NameKind, { description: 'How it stands to the organisation.' }) kind!: NameKind;
}

@ObjectType('PartnerIdentifier', { description: 'What tells an organisation apart in a register.' })
export class PartnerIdentifierType {
  @Field(() => IdentifierScheme, { description: 'Who gave it.' }) scheme!: IdentifierScheme;
  @Field(() => String, { description: 'As its register writes it, without spaces.' }) value!: string;
}

@ObjectType('PartnerContact', { description: 'Whom to write to in an organisation, by role. Never a person.' })
export class PartnerContactType {
  @Field(() => String, { description: 'What the contact is for, such as transfers or press.' }) role!: string;
  @Field(() => String, {
    nullable: true,
    description: 'How to make contact, in words; null where `url` or the e-mail address says it.',
  })
  text?: string | null;
  @Field(() => String, { nullable: true, description: 'A page with a form or an address; null where there is none.' })
  url?: string | null;
}

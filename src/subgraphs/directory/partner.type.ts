import { Directive, Field, ObjectType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { LanguageTagScalar } from '../../graph/scalars.js';
import { Confidence } from '../record.fields.js';
import { RecordType } from '../record.type.js';
import { PartnerType } from '../partner-type.type.js';
import { ParticipationRole } from './participation.fields.js';
import { LegalStatus, partnerFields } from './partner.fields.js';
import { PartnerIdentifierType, PartnerNameType } from './partner-detail.type.js';

@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@ObjectType('Partner', {
  description: 'An organisation that takes part in projects, owns practices or receives transfers.',
})
export class PartnerObject extends RecordType {
  @Field(() => String, {
    description: 'Readable key, such as `municipality-of-florence`; of a natural person made of its id.',
  })
  slug!: string;

  @Field(() => Boolean, {
    description:
      'Whether it is a natural person, such as a sole trader. Who that is, by names, identifiers, website, note or contacts, is told to itself, reviewers and admins alone.',
  })
  isNaturalPerson!: boolean;

  @Field(() => String, {
    description:
      'The English name, else the name in Latin letters, else the original one. For those who may not know a natural person: "Natural person" and the end of its id.',
  })
  name!: string;

  @Field(() => String, {
    description:
      "The name in the organisation's own language, or as its source has it; of a natural person as `name` says.",
  })
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

  @Field(() => String, {
    nullable: true,
    description: 'What it is called for short, such as DCCI; null where it has no short form.',
  })
  acronym?: string | null;

  @Field(() => [PartnerNameType], { description: 'Its other names, former ones included, with what is known of them.' })
  otherNames!: PartnerNameType[];

  @Field(() => LegalStatus, { nullable: true, description: 'What it is in law; null where no source says.' })
  legalStatus?: LegalStatus | null;

  @Field(() => [String], { description: 'What it is good at, in the words of its source; empty where none says.' })
  specialisations!: string[];

  @Field(() => [PartnerIdentifierType], { description: 'What tells it apart in registers; empty where none is known.' })
  identifiers!: PartnerIdentifierType[];

  @Field(() => [String], { description: 'Names it bore before.' })
  formerNames!: string[];

  @Field(() => PartnerType, {
    nullable: true,
    description: 'The type of organisation; null where no source allows to tell.',
  })
  type?: PartnerType | null;

  @Field(() => String, { nullable: true, description: 'The address of its own pages; null where none is known.' })
  website?: string | null;
}

export const PartnerConnection = connectionType('Partner', () => PartnerObject, 'partners');
export const PartnerArguments = connectionArguments(partnerFields, 'partners', {
  PartnerType,
  LegalStatus,
  ParticipationRole,
  Confidence,
});

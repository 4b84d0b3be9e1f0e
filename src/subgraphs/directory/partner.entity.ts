import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf, code, texts, valuesOf } from '../../database/columns.js';
import { Place } from './place.entity.js';
import { Region } from './region.entity.js';
import { LegalStatus, PartnerType, type PartnerIdentifier, type PartnerName } from './partner.fields.js';
import { recordColumns } from '../record.entity.js';

const PartnerSchema = defineEntity({
  name: 'Partner',
  tableName: 'partner',
  properties: {
    ...recordColumns,
    slug: code().unique(),
    /** What tells who a natural person is lies in `partner_person`, moved there by a trigger; here stands what all may see. */
    isNaturalPerson: p.boolean().default(false),
    nameOriginal: p.text(),
    nameOriginalLanguage: code().nullable(),
    nameLatin: p.text().nullable(),
    nameEnglish: p.text().nullable(),
    acronym: p.text().nullable(),
    formerNames: texts(),
    otherNames: valuesOf<PartnerName>(),
    type: choiceOf(PartnerType).nullable(),
    legalStatus: choiceOf(LegalStatus).nullable(),
    specialisations: texts(),
    identifiers: valuesOf<PartnerIdentifier>(),
    website: p.text().nullable(),
    place: () => p.manyToOne(Place).ref().nullable(),
    region: () => p.manyToOne(Region).ref().nullable(),
  },
});
/** An organisation that takes part in projects, owns practices or receives transfers. */
export class Partner extends PartnerSchema.class {}
PartnerSchema.setClass(Partner);

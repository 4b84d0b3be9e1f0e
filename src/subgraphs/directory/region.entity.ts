import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf, code } from '../../database/columns.js';
import { RegionGroup, RegionScheme } from './region.fields.js';
import { recordColumns } from '../record.entity.js';

const RegionSchema = defineEntity({
  name: 'Region',
  tableName: 'region',
  properties: {
    ...recordColumns,
    scheme: choiceOf(RegionScheme),
    /** The year of the classification; a code may mean another area in another year. */
    codeVersion: p.smallint(),
    code: code(),
    level: p.smallint(),
    parent: () => p.manyToOne(Region).ref().nullable(),
    /** `2024/IT/ITI/ITI1/`: the subtree of a region is one range of the index on this. */
    path: code(),
    countryCode: code(),
    isoCountryCode: code(),
    /** Null for regions of older versions whose name no source here tells. */
    nameLocal: p.text().nullable(),
    nameLatin: p.text().nullable(),
    nameEnglish: p.text().nullable(),
    group: choiceOf(RegionGroup),
    designationNote: p.text().nullable(),
  },
});
/** A region of a classification: a country, a NUTS region or a statistical region. */
export class Region extends RegionSchema.class {}
RegionSchema.setClass(Region);

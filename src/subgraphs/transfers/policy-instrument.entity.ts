import { defineEntity, p } from '@mikro-orm/core';
import { code } from '../../database/columns.js';
import { Partner } from '../directory/partner.entity.js';
import { Region } from '../directory/region.entity.js';
import { recordColumns } from '../record.entity.js';

const PolicyInstrumentSchema = defineEntity({
  name: 'PolicyInstrument',
  tableName: 'policy_instrument',
  properties: {
    ...recordColumns,
    slug: code().unique(),
    name: p.text(),
    programmeText: p.text().nullable(),
    region: () => p.manyToOne(Region).ref().nullable(),
    responsible: () => p.manyToOne(Partner).ref().nullable(),
    website: p.text().nullable(),
  },
});
/** A policy, a programme or a part of one that can carry a practice for good. */
export class PolicyInstrument extends PolicyInstrumentSchema.class {}
PolicyInstrumentSchema.setClass(PolicyInstrument);

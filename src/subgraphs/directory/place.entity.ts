import { defineEntity, p } from '@mikro-orm/core';
import { choiceOf, code } from '../../database/columns.js';
import { Region } from './region.entity.js';
import { PlaceKind, PointPrecision } from './place.fields.js';
import { recordColumns } from '../record.entity.js';

const PlaceSchema = defineEntity({
  name: 'Place',
  tableName: 'place',
  properties: {
    ...recordColumns,
    slug: code().unique(),
    name: p.text(),
    nameLocal: p.text().nullable(),
    kind: choiceOf(PlaceKind),
    parent: () => p.manyToOne(Place).ref().nullable(),
    region: () => p.manyToOne(Region).ref().nullable(),
    latitude: p.decimal().columnType('numeric(8,6)').nullable(),
    longitude: p.decimal().columnType('numeric(9,6)').nullable(),
    pointPrecision: choiceOf(PointPrecision).nullable(),
  },
});
/** A city, a district of one, a venue or a site. */
export class Place extends PlaceSchema.class {}
PlaceSchema.setClass(Place);

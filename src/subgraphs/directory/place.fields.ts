import type { Fields, RowOf } from '../../graph/fields.js';
import { recordFields } from '../record.fields.js';
import { recordOf } from '../records.js';
import type { Place } from './place.entity.js';

export const PlaceKind = { CITY: 'CITY', DISTRICT: 'DISTRICT', VENUE: 'VENUE', SITE: 'SITE' } as const;
export type PlaceKind = keyof typeof PlaceKind;

export const PointPrecision = { BUILDING: 'BUILDING', DISTRICT: 'DISTRICT', CITY: 'CITY' } as const;
export type PointPrecision = keyof typeof PointPrecision;

export const placeFields = {
  ...recordOf('Place'),
  columns: [
    ...recordFields,
    'slug',
    'name',
    'nameLocal',
    'kind',
    'parentId',
    'regionId',
    'latitude',
    'longitude',
    'pointPrecision',
  ],
  maxAge: 3600,
} as const satisfies Fields;

export type PlaceRow = RowOf<Place, typeof placeFields>;

import { sql } from 'kysely';
import type { FigureKind } from '../figure.service.js';
import { Measurement } from './measurement.entity.js';

export const measurements: FigureKind<Measurement> = {
  type: 'Measurement',
  entity: Measurement,
  field: 'measurements',
  whole: 'practice',
  elsewhere: (slugs) => sql`exists (select from measurement m join good_practice g on g.id = m.practice_id
    where m.indicator_id = i.id and g.slug <> all(${slugs}::text[]))`,
};

import { sql } from 'kysely';
import type { FigureKind } from '../figure.service.js';
import { Outcome } from './outcome.entity.js';

export const outcomes: FigureKind<Outcome> = {
  type: 'Outcome',
  entity: Outcome,
  field: 'outcomes',
  whole: 'transfer',
  elsewhere: (slugs) => sql`exists (select from measurement m where m.indicator_id = i.id)
    or exists (select from outcome o join transfer t on t.id = o.transfer_id
      where o.indicator_id = i.id and t.slug <> all(${slugs}::text[]))`,
};

import type { Fields } from '../../graph/fields.js';
import { partnerFields } from '../directory/partner.fields.js';
import { regionFields } from '../directory/region.fields.js';
import { recordOf } from '../records.js';

const theme = { kind: 'tree', sql: 'h.slug', path: 'h.path', description: 'Slugs of themes.' } as const;

/** Organisations by the themes of what they hosted and of what they own. */
export const hostFields = {
  ...recordOf('Partner'),
  columns: ['id'],
  filters: {
    hosted: {
      ...theme,
      through: `t.id in (select e.partner_id from event_role e join event v on v.id = e.event_id
        join event_theme j on j.event_id = v.id join theme h on h.id = j.theme_id where e.role = 'HOST' and {})`,
    },
    owns: {
      ...theme,
      through: `t.id in (select p.owner_id from good_practice p
        join good_practice_theme j on j.good_practice_id = p.id join theme h on h.id = j.theme_id where {})`,
    },
    region: partnerFields.filters.region,
  },
  orders: { NAME_ASC: partnerFields.orders.NAME_ASC },
} as const satisfies Fields;

/** Whether a region is the learner, whose path is the key, lies in it or holds it. */
const isLearners = (path: string) => `(starts_with(${path}, {key}) or starts_with({key}, ${path}))`;

/** Whether a practice is known to be at work in the learner, or was taken there. */
const isKnown = (practice: string) => `(
  exists (select from good_practice_region a join region r on r.id = a.region_id
    where a.good_practice_id = ${practice} and ${isLearners('r.path')})
  or exists (select from transfer_practice a join transfer x on x.id = a.transfer_id join region r on r.id = x.destination_id
    where a.practice_id = ${practice} and x.status in ('IMPLEMENTED', 'MAINSTREAMED') and ${isLearners('r.path')}))`;

/** Regions by the themes of those of their practices that a region, the learner, does not have. */
export const teachingRegionFields = {
  ...recordOf('Region'),
  columns: ['id'],
  filters: {
    theme: {
      ...theme,
      through: `t.id in (select j.region_id from good_practice_region j join good_practice p on p.id = j.good_practice_id
        join good_practice_theme g on g.good_practice_id = p.id join theme h on h.id = g.theme_id
        where {} and not ${isKnown('p.id')})`,
    },
  },
  orders: { CODE_ASC: regionFields.orders.CODE_ASC },
  parents: { learner: `not ${isLearners('t.path')}` },
} as const satisfies Fields;

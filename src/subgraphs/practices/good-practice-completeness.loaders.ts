import { sql } from 'kysely';
import type { Read } from '../../graph/context.js';
import { oneBy } from '../../graph/loaders.js';

const has = (table: string, column = 'good_practice_id') => `exists (select from ${table} j where j.${column} = t.id)`;
const isFilled = (list: string) => `cardinality(t.${list}) > 0`;
const known = (...columns: string[]) => `num_nonnulls(${columns.map((column) => `t.${column}`).join(', ')}) > 0`;

/**
 * What a practice should say, each of the twenty worth 5 of 100: conditions over `t`. Somebody who wants to transfer it
 * asks for these; the title is always there.
 */
export const countedFields = {
  summary: known('summary'),
  description: known('description'),
  problem: known('problem'),
  owner: known('owner_id', 'owner_text'),
  regions: has('good_practice_region'),
  themes: has('good_practice_theme'),
  sectors: isFilled('sectors'),
  targetGroups: isFilled('target_groups'),
  scope: known('scope'),
  practiceType: known('practice_type'),
  start: known('start_date'),
  end: known('end_date', 'is_ongoing'),
  maturity: known('maturity'),
  resources: known('cost_amount', 'resources_text', 'staff'),
  fundingSources: isFilled('funding_sources'),
  evidence: `(${known('evidence')} or ${has('measurement', 'practice_id')})`,
  difficulties: known('difficulties'),
  lessonsLearnt: known('lessons_learnt'),
  transferability: known(
    'success_factors',
    'prerequisites',
    'constraints',
    'adaptable_parts',
    'transferability_rating',
  ),
  validation: known('validation_level'),
};

const missing = Object.entries(countedFields).map(
  ([field, condition]) => `case when not (${condition}) then '${field}' end`,
);

export interface Completeness {
  id: string;
  /** Names of `countedFields`, in their order. */
  missing: string[];
}

/** From 0 to 100. */
export const completenessOf = ({ missing: lacks }: Completeness): number =>
  ((missing.length - lacks.length) * 100) / missing.length;

/** What a practice does not say; measurements that the viewer may not see do not count. */
export const completenessLoader = (read: Read) =>
  oneBy<Completeness>(
    read,
    (ids) =>
      read(sql<Completeness>`
        select t.id, array_remove(array[${sql.raw(missing.join(', '))}], null) as missing
        from good_practice t where t.id = any(${ids}::text[])`),
    ({ id }) => id,
  );

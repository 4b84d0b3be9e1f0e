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

const conditions = Object.values(countedFields);
const sum = conditions.map((condition) => `(${condition})::int`).join(' + ');

/** From 0 to 100; measurements that the viewer may not see do not count. */
export const completenessLoader = (read: Read) =>
  oneBy<{ id: string; completeness: number }>(
    read,
    (ids) =>
      read(sql<{ id: string; completeness: number }>`
        select t.id, ${sql.raw(`(${sum}) * 100 / ${conditions.length}`)} as completeness
        from good_practice t where t.id = any(${ids}::text[])`),
    ({ id }) => id,
  );

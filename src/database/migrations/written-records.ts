/** Records that a partner organisation owns, with the column that names it, as the policies for reading have them. */
export const owned = [
  ['partner', 'id', 'ptn'],
  ['project', 'owner_id', 'prj'],
  ['participation', 'partner_id', 'par'],
  ['good_practice', 'owner_id', 'gp'],
  ['transfer', 'owner_id', 'trf'],
  ['event', 'owner_id', 'evt'],
  ['output', 'responsible_id', 'opt'],
  ['task', 'assignee_id', 'tsk'],
  ['action_plan', 'proposed_by_id', 'apl'],
] as const;

/** Parts that are records themselves. */
export const partRecords = [
  ['measurement', 'practice_id', 'mea', 'good_practice'],
  ['outcome', 'transfer_id', 'out', 'transfer'],
  ['session', 'event_id', 'ses', 'event'],
  ['event_role', 'event_id', 'rol', 'event'],
  ['output_update', 'output_id', 'upd', 'output'],
  ['action', 'action_plan_id', 'act', 'action_plan'],
] as const;

/** The condition on a record `r`, or on the whole that it is part of, by the prefix of its id; PL/pgSQL plans each arm once. */
export const byPrefix = (condition: (owner: string) => string): string =>
  [
    ...owned.map(
      ([table, owner, prefix]) =>
        `when '${prefix}' then return exists (select from ${table} r where r.id = record and ${condition(owner)});`,
    ),
    ...partRecords.map(([table, column, prefix, whole]) => {
      const owner = owned.find(([name]) => name === whole)?.[1] ?? 'id';
      return `when '${prefix}' then return exists (
        select from ${table} p join ${whole} r on r.id = p.${column} where p.id = record and ${condition(owner)});`;
    }),
  ].join('\n    ');

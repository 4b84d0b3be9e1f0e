import { sql } from 'kysely';
import type { Run } from '../../../graph/context.js';
import { prefixOf } from '../../../graph/ids.js';
import { records, type RecordTypeName } from '../../records.js';
import { searchedTypeOf } from './document.loaders.js';

const regionsBelow = `select b.id from region a join region b on b.path >= a.path and b.path < rtrim(a.path, '/') || '0'
  where a.id = any({ids})`;
const ofProgramme = 'select id from project where programme_id = any({ids})';
const inProjects = (projects: string): string[] => [
  `select partner_id as id from participation where project_id in (${projects})`,
  ...['good_practice.identified_in_id', 'transfer.project_id', 'event.project_id', 'output.project_id'].map(
    (column) => {
      const [table, key] = column.split('.');
      return `select id from ${table} where ${key} in (${projects})`;
    },
  ),
];
const named = 'select unnest({ids})';
/** What a column named before: of records that are gone, or point at others since. */
const formerly = (column: string): string =>
  `select changes -> '${column}' ->> 0 as id from revision where record_id = any({ids}) and changes -> '${column}' ->> 0 is not null`;

/** For a changed record of a type, the searched records whose documents speak of it. `{ids}` are those that changed. */
const dependants: Partial<Record<RecordTypeName, string[]>> = {
  Partner: [
    'select id from good_practice where owner_id = any({ids})',
    'select id from transfer where receiver_id = any({ids})',
    `select event_id as id from event_role where role = 'HOST' and partner_id = any({ids})`,
    'select id from output where responsible_id = any({ids})',
    'select project_id as id from participation where partner_id = any({ids})',
  ],
  Participation: ['project_id', 'partner_id'].flatMap((column) => [
    `select ${column} as id from participation where id = any({ids})`,
    formerly(column),
  ]),
  Project: inProjects(named),
  Programme: [ofProgramme, ...inProjects(ofProgramme)],
  GoodPractice: [
    'select transfer_id as id from transfer_practice where practice_id = any({ids})',
    `select s.event_id as id from session_practice j join session s on s.id = j.session_id where j.practice_id = any({ids})`,
  ],
  Theme: [
    'select good_practice_id as id from good_practice_theme where theme_id = any({ids})',
    'select project_id as id from project_theme where theme_id = any({ids})',
    'select event_id as id from event_theme where theme_id = any({ids})',
    `select j.transfer_id as id from good_practice_theme g join transfer_practice j on j.practice_id = g.good_practice_id
      where g.theme_id = any({ids})`,
  ],
  Place: [
    'select good_practice_id as id from good_practice_place where place_id = any({ids})',
    'select id from partner where place_id = any({ids})',
    'select id from transfer where destination_place_id = any({ids})',
    'select id from event where city_id = any({ids}) or venue_id = any({ids})',
    'select event_id as id from session where venue_id = any({ids}) or visited_id = any({ids})',
  ],
  Region: [
    `select good_practice_id as id from good_practice_region where region_id in (${regionsBelow})`,
    `select j.good_practice_id as id from good_practice_place j join place p on p.id = j.place_id where p.region_id in (${regionsBelow})`,
    `select o.id from partner o left join place p on p.id = o.place_id
      where o.region_id in (${regionsBelow}) or p.region_id in (${regionsBelow})`,
    `select c.project_id as id from participation c join partner o on o.id = c.partner_id where o.region_id in (${regionsBelow})`,
    `select t.id from transfer t left join place p on p.id = t.destination_place_id
      where t.destination_id in (${regionsBelow}) or p.region_id in (${regionsBelow})`,
    `select e.id from event e left join place p on p.id in (e.city_id, e.venue_id)
      where e.region_id in (${regionsBelow}) or p.region_id in (${regionsBelow})`,
    `select s.event_id as id from session s join place p on p.id in (s.venue_id, s.visited_id) where p.region_id in (${regionsBelow})`,
  ],
  EventRole: ['select event_id as id from event_role where id = any({ids})'],
  Session: ['select event_id as id from session where id = any({ids})'],
  OutputUpdate: ['select output_id as id from output_update where id = any({ids})'],
};

const typeOfPrefix = new Map(
  Object.entries(records).map(([type, { prefix }]) => [prefix as string, type as RecordTypeName]),
);

/**
 * The searched records whose documents are to be made anew when these records have changed, themselves included: in no
 * order, each once. `run` sees drafts too: what has just been hidden must go from the documents that spoke of it.
 */
export async function dependantsOf(run: Run, changed: readonly string[]): Promise<string[]> {
  const groups = [...Map.groupBy(changed, (id) => typeOfPrefix.get(prefixOf(id)))];
  const queries = groups.flatMap(([type, ids]) =>
    ((type && dependants[type]) ?? []).map((query) =>
      sql.join(
        query.split('{ids}').map((part) => sql.raw(part)),
        sql`${ids}::text[]`,
      ),
    ),
  );
  const found = queries.length === 0 ? [] : await run(sql<{ id: string }>`${sql.join(queries, sql` union `)}`);
  return [...new Set([...changed.filter(searchedTypeOf), ...found.map(({ id }) => id)])];
}

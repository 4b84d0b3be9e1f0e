import { beforeAll, expect, test } from 'vitest';
import type { Viewer } from '../../../src/graph/context.js';
import { aDatabase, execute } from '../../support/database.js';
import * as a from '../../support/factories.js';
import { editorOf } from '../../support/writing.js';

const database = await aDatabase();
const ids: Record<string, string> = {};
const partner = (slug: string) => editorOf(ids[slug] as string);
/** The text with the id of a record for each of its names in braces. */
const filled = (text: string) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? expect.fail(`There is no ${name}.`));

beforeAll(async () => {
  const keep = (made: Record<string, { id: string }>) => {
    for (const [name, { id }] of Object.entries(made)) ids[name] = id;
  };
  for (const slug of ['lead', 'own', 'other', 'unconfirmed']) keep({ [slug]: await a.aPartner(database, { slug }) });
  const { id: programme_id } = await a.aProgramme(database);
  const { id: project_id } = await a.aProject(database, { programme_id, slug: 'crafts' });
  const { id: elsewhere } = await a.aProject(database, { programme_id, slug: 'elsewhere' });
  const takesPart = (name: string, columns: object) =>
    a.aParticipation(database, { project_id, partner_id: ids[name] as string, role: 'PARTNER', ...columns });
  keep({ project: { id: project_id }, elsewhere: { id: elsewhere } });
  await takesPart('lead', { role: 'LEAD_PARTNER' });
  keep({
    part: await takesPart('own', {}),
    draftPart: await takesPart('unconfirmed', a.draft),
    event: await a.anEvent(database, { project_id, owner_id: ids['lead'] }),
    task: await a.aTask(database, { project_id, assignee_id: ids['other'] }),
    plan: await a.anActionPlan(database, { project_id, proposed_by_id: ids['own'] }),
    practice: await a.aPractice(database, { owner_id: ids['other'] }),
    source: await a.aSource(database),
  });
  keep({
    claim: await a.aClaim(database, { record_id: ids['practice'] as string, source_id: ids['source'] as string }),
  });
});

class Undone extends Error {}

/** How many rows a statement of the viewer's would change; null where the database refuses it. */
async function tried(viewer: Viewer, text: string): Promise<number | null> {
  let rows: number | null = null;
  await database
    .writeAs(viewer, undefined, async (em) => {
      const { affectedRows } = await em
        .getConnection()
        .execute<{ affectedRows: number }>(filled(text), [], 'run', em.getTransactionContext());
      rows = affectedRows;
      throw new Undone();
    })
    .catch((error: Error & { code?: string }) => {
      if (!(error instanceof Undone) && error.code !== '42501') throw error;
    });
  return rows;
}

/** Takes a guard away while something is done. */
async function without({ trigger, policies, condition }: Guard, work: () => Promise<void>): Promise<void> {
  const [table = '', name = ''] = trigger?.split('.') ?? [];
  const [body, restored] = condition ? await relaxed(condition) : [];
  const begin = [
    ...(trigger ? [`alter table ${table} disable trigger ${name}`] : []),
    ...(policies ? [`create policy all_may on ${policies} to goodgraph_member using (true) with check (true)`] : []),
    ...(body ? [body] : []),
  ];
  const end = [
    ...(trigger ? [`alter table ${table} enable trigger ${name}`] : []),
    ...(policies ? [`drop policy all_may on ${policies}`] : []),
    ...(restored ? [restored] : []),
  ];
  for (const text of begin) await execute(database, text);
  try {
    await work();
  } finally {
    for (const text of end) await execute(database, text);
  }
}

/** A function of the database that no longer asks for something, and as it was. */
async function relaxed([name, asked]: readonly [string, string]): Promise<[string, string]> {
  const [found] = await execute<{ text: string }>(
    database,
    `select pg_get_functiondef(oid) as text from pg_proc where proname = '${name}'`,
  );
  const text = found?.text ?? '';
  expect(text).toContain(asked);
  return [text.replace(asked, 'true'), text];
}

/** A trigger (`table.name`), the policies of a table, or one condition of a function. */
interface Guard {
  trigger?: string;
  policies?: string;
  condition?: readonly [string, string];
}

const participation: Guard = { trigger: 'participation.guard_participation' };
const event: Guard = { trigger: 'event.guard_event' };
const endorsement: Guard = { policies: 'action_plan_endorsement' };
const claim: Guard = { policies: 'claim' };
const endorses = (plan: string, who: string) =>
  `insert into action_plan_endorsement (action_plan_id, partner_id, position) values ('{${plan}}', '{${who}}', 7)`;
const claims = (record: string) =>
  `insert into claim (id, record_id, field, value, source_id, confidence)
   values ('clm_01h455vb4pex5vsknk084sn02q', '{${record}}', 'title', 'X', '{source}', 'STATED')`;

test.each<[string, Guard, () => Viewer, string]>([
  [
    'a partner does not lead by its own word',
    participation,
    () => partner('own'),
    `update participation set role = 'LEAD_PARTNER' where id = '{part}'`,
  ],
  [
    'a partner does not confirm its own part',
    participation,
    () => partner('unconfirmed'),
    `update participation set publication_status = 'PUBLISHED' where id = '{draftPart}'`,
  ],
  [
    'a confirmed part does not move to another project',
    participation,
    () => partner('own'),
    `update participation set project_id = '{elsewhere}' where id = '{part}'`,
  ],
  [
    'nobody confirms the parts of a project that others lead',
    { policies: 'participation' },
    () => partner('other'),
    `update participation set role_label = 'Host' where id = '{part}'`,
  ],
  [
    'a partner of the project does not take an event over',
    event,
    () => partner('own'),
    `update event set owner_id = '{own}' where id = '{event}'`,
  ],
  [
    'an unconfirmed partner does not write events',
    { condition: ['goodgraph_takes_part', `p.publication_status = 'PUBLISHED'`] },
    () => partner('unconfirmed'),
    `update event set title = 'X' where id = '{event}'`,
  ],
  [
    'an unconfirmed lead partner leads nothing',
    { condition: ['goodgraph_leads', `p.role = 'LEAD_PARTNER'`] },
    () => partner('own'),
    `update task set title = 'X' where id = '{task}'`,
  ],
  [
    'who neither leads nor hosts does not add to an event',
    { policies: 'event_role' },
    () => partner('other'),
    `insert into event_role (id, event_id, partner_id, role, position) values ('rol_01h455vb4pex5vsknk084sn02q', '{event}', '{own}', 'HOST', 7)`,
  ],
  [
    'a task is not written by others',
    { policies: 'task' },
    () => partner('own'),
    `update task set title = 'X' where id = '{task}'`,
  ],
  ['nobody endorses for others', endorsement, () => partner('own'), endorses('plan', 'other')],
  ['a proposer does not endorse for the lead partner', endorsement, () => partner('own'), endorses('plan', 'lead')],
  ['who takes no part endorses nothing', endorsement, () => partner('other'), endorses('plan', 'other')],
  ['an editor claims nothing of the records of others', claim, () => partner('own'), claims('practice')],
  [
    'an editor changes no claim on the records of others',
    claim,
    () => partner('own'),
    `update claim set value = 'Y' where id = '{claim}'`,
  ],
])('%s', async (_, guard, viewer, text) => {
  expect((await tried(viewer(), text)) ?? 0).toBe(0);
  await without(guard, async () => {
    expect(await tried(viewer(), text)).toBe(1);
  });
  expect((await tried(viewer(), text)) ?? 0).toBe(0);
});

import { expect, test } from 'vitest';
import { aDatabase, execute } from '../support/database.js';
import { count, faultsOf, load, writeSeeds, type Edits } from './tiny-seeds.js';

const database = await aDatabase();

const cases: Record<string, [edits: Edits, faults: string[]]> = {
  'a session outside the days of its event': [
    { 'events.yaml': [["- day: '2012-11-22'", "- day: '2012-11-23'"]] },
    [
      "events.yaml:19 sessions.1.day: 2012-11-23 is none of the event's days, 2012-11-21 to 2012-11-22. Correct it, or the event's start or end.",
    ],
  ],
  'a session after an event of which only the month is known': [
    {
      'events.yaml': [
        ["start: '2012-11-21'", "start: '2012-11'"],
        ["  end: '2012-11-22'\n", ''],
        ["- day: '2012-11-22'", "- day: '2012-12-01'"],
      ],
    },
    [
      "events.yaml:18 sessions.1.day: 2012-12-01 is none of the event's days, 2012-11-01 to 2012-11-30. Correct it, or the event's start or end.",
    ],
  ],
  'a session on a day of an event without any': [
    {
      'events.yaml': [
        ["  start: '2012-11-21'\n  end: '2012-11-22'\n", ''],
        ["    - day: '2012-11-22'\n      types: [STUDY_VISIT]", '    - types: [STUDY_VISIT]'],
      ],
    },
    ['events.yaml:12 sessions.0.day: The event has no start. Add it, or leave the day out.'],
  ],
  'an event whose end lies before its start': [
    { 'events.yaml': [["end: '2012-11-22'", "end: '2012-11-20'"]] },
    ['events.yaml:6 end: It lies before the start. Correct one of them, or give the end as precisely as the start.'],
  ],
  'an unknown place, partner, theme, practice and country, wherever they stand': [
    {
      'events.yaml': [
        ['city: florence', 'city: florenze'],
        ['themes: [design]', 'themes: [desing]'],
        ['[IT, BG]', '[IT, BX]'],
        ['{ role: HOST, partner: town-hall }', '{ role: HOST, partner: town-hal }'],
        ['{ role: WELCOME, partner: town-hall }', '{ role: WELCOME, partner: town-haul }'],
        ['visited: museum', 'visited: musem'],
        ['practices: [fair]', 'practices: [fairs]'],
      ],
    },
    [
      "events.yaml:7 city: No place has the slug 'florenze'. Did you mean 'florence'?",
      "events.yaml:8 themes.0: No theme has the slug 'desing'. Did you mean 'design'?",
      "events.yaml:9 participantCountries.1: No region has the code 'BX'. Did you mean 'BG'?",
      "events.yaml:11 roles.0.partner: No partner has the slug 'town-hal'. Did you mean 'town-hall'?",
      "events.yaml:18 sessions.0.roles.0.partner: No partner has the slug 'town-haul'. Did you mean 'town-hall'?",
      "events.yaml:21 sessions.1.visited: No place has the slug 'musem'. Did you mean 'museum'?",
      "events.yaml:22 sessions.1.practices.0: No good practice has the slug 'fairs'. Did you mean 'fair'?",
    ],
  ],
  'one role twice, of a partner and of a group': [
    {
      'events.yaml': [
        ['    - { role: EXPERT, label: experts }\n', '    - { role: HOST, partner: town-hall }\n'],
        [
          '        - { role: WELCOME, partner: town-hall }\n',
          '        - { role: EXPERT, label: guests }\n        - { role: EXPERT, label: guests }\n',
        ],
      ],
    },
    [
      'events.yaml:12 roles.1.role: town-hall is HOST here already. Take one out.',
      "events.yaml:19 sessions.0.roles.1.role: 'guests' is EXPERT here already. Take one out.",
    ],
  ],
  'a role of nobody, and one of two': [
    {
      'events.yaml': [
        ['{ role: HOST, partner: town-hall }', '{ role: HOST }'],
        ['label: experts }', 'label: experts, partner: town-hall }'],
      ],
    },
    [
      'events.yaml:11 roles.0.partner: Name either a partner or, for a group without a record, a label.',
      'events.yaml:12 roles.1.partner: Name either a partner or, for a group without a record, a label.',
    ],
  ],
  'a participant country that is a region, and a region beside the city': [
    { 'events.yaml': [['participantCountries: [IT, BG]', 'participantCountries: [IT, ITI1]\n  region: ITI1']] },
    [
      'events.yaml:9 participantCountries.1: Write the two letters of a country, such as ES.',
      'events.yaml:10 region: The city says it already. Leave the region out.',
    ],
  ],
  'an unknown type, form and role': [
    {
      'events.yaml': [
        ['[SEMINAR, STUDY_VISIT]', '[SEMINAR, PICNIC]'],
        ['types: [WELCOME]', 'types: [HELLO]'],
        ['role: EXPERT', 'role: GURU'],
      ],
    },
    [
      'events.yaml:3 types.1: "PICNIC" is not a choice. Choose one of TRAINING_SEMINAR, SEMINAR, STUDY_VISIT, COORDINATION_MEETING, KICK_OFF_MEETING, CONFERENCE, DISSEMINATION_EVENT, PRESS_CONFERENCE, OTHER.',
      'events.yaml:12 roles.1.role: "GURU" is not a choice. Choose one of HOST, WELCOME, EXPERT, SPEAKER, PARTICIPANT.',
      'events.yaml:15 sessions.0.types.0: "HELLO" is not a choice. Choose one of WELCOME, WORKSHOP, ROUND_TABLE, PRESENTATION, STUDY_VISIT, INFORMAL_SESSION, OTHER.',
    ],
  ],
  'an output that uses itself': [
    { 'outputs.yaml': [['uses: [guide]', 'uses: [platform]']] },
    ['outputs.yaml:14 uses: It names the output itself. Take it out.'],
  ],
  'an output that uses an unknown one, and an update at an unknown event': [
    {
      'outputs.yaml': [
        ['uses: [guide]', 'uses: [gide]'],
        ['event: seminar', 'event: seminary'],
      ],
    },
    [
      "outputs.yaml:8 updates.0.event: No event has the slug 'seminary'. Did you mean 'seminar'?",
      "outputs.yaml:14 uses.0: No output has the slug 'gide'. Did you mean 'guide'?",
    ],
  ],
  'a task for two': [
    { 'tasks.yaml': [['assignee: town-hall', 'assignee: town-hall\n  assigneeText: each partner']] },
    ['tasks.yaml:5 assigneeText: Assignee says it already. Keep one of them.'],
  ],
  'a plan whose status is missing': [
    { 'action-plans.yaml': [['  status: SUPPORTED\n', '']] },
    ['action-plans.yaml:1 status: It is missing. Say what the status was on that day, or leave statusOn out.'],
  ],
  'a plan with an unknown supporter and an action that carries out an unknown transfer': [
    {
      'action-plans.yaml': [
        ['[craft-centre]', '[craft-center]'],
        ['transfer: fair-to-bulgaria', 'transfer: fair-to-bulgary'],
      ],
    },
    [
      "action-plans.yaml:7 endorsedBy.0: No partner has the slug 'craft-center'. Did you mean 'craft-centre'?",
      "action-plans.yaml:9 actions.0.transfer: No transfer has the slug 'fair-to-bulgary'. Did you mean 'fair-to-bulgaria'?",
    ],
  ],
};

test.each(Object.entries(cases))('%s is refused', async (_, [edits, faults]) => {
  expect(await faultsOf(database, edits)).toEqual(faults);
});

test('an event takes the region of its city', async () => {
  const own = await aDatabase();
  await load(own, await writeSeeds());
  expect(await execute(own, 'select r.code from event e join region r on r.id = e.region_id')).toEqual([
    { code: 'ITI14' },
  ]);
});

test('sessions, roles, updates and actions that are no longer listed are deleted, the others stay as they were', async () => {
  const own = await aDatabase();
  const parts = ['session', 'session_practice', 'event_role', 'output_update', 'action', 'action_plan_endorsement'];
  const counts = () => Promise.all(parts.map((table) => count(own, table)));
  await load(own, await writeSeeds());
  expect(await counts()).toEqual([2, 1, 3, 1, 1, 1]);
  const known = await execute(own, 'select id, version from event_role order by position');
  await load(
    own,
    await writeSeeds({
      'events.yaml': [
        ["    - day: '2012-11-22'\n      types: [STUDY_VISIT]\n      visited: museum\n      practices: [fair]\n", ''],
        ['    - { role: EXPERT, label: experts }\n', ''],
      ],
      'outputs.yaml': [["  updates:\n    - { on: '2012-11-21', event: seminar, status: FIRST_VERSION }\n", '']],
      'action-plans.yaml': [
        ['  actions:\n    - { title: Hold a fair, transfer: fair-to-bulgaria }\n', ''],
        ['[craft-centre]', '[]'],
      ],
    }),
  );
  expect(await counts()).toEqual([1, 0, 2, 0, 0, 0]);
  const left = await execute(own, 'select id from event_role order by position');
  expect(left).toEqual([{ id: known[0]?.['id'] }, { id: known[2]?.['id'] }]);
});

test('the seeds hold so many activities', async () => {
  const seeded = await aDatabase('seeded');
  const counts: Record<string, number> = {
    event: 10,
    event_theme: 5,
    event_country: 11,
    session: 17,
    session_practice: 12,
    event_role: 30,
    output: 7,
    output_update: 2,
    output_use: 1,
    task: 2,
    action_plan: 5,
    action_plan_endorsement: 0,
    action: 2,
  };
  const found = await Promise.all(
    Object.keys(counts).map(async (table) => [table, await count(seeded, table)] as const),
  );
  expect(Object.fromEntries(found)).toEqual(counts);
});

test('the database itself refuses one role twice, a role of nobody or of two, and an output that uses itself', async () => {
  const own = await aDatabase();
  await load(own, await writeSeeds());
  const role = (columns: string) =>
    execute(
      own,
      `insert into event_role (id, event_id, role, partner_id, label) select 'rol_' || repeat('0', 26), id, ${columns} from event`,
    );
  const townHall = `(select id from partner where slug = 'town-hall')`;
  await expect(role(`'HOST', ${townHall}, null`)).rejects.toThrow('duplicate key');
  await expect(role(`'EXPERT', null, 'experts'`)).rejects.toThrow('duplicate key');
  await expect(role(`'EXPERT', null, null`)).rejects.toThrow('check constraint');
  await expect(role(`'EXPERT', ${townHall}, 'guests'`)).rejects.toThrow('check constraint');
  await expect(
    execute(own, 'insert into output_use (output_id, used_id) select id, id from output limit 1'),
  ).rejects.toThrow('check constraint');
});

import { expect, test } from 'vitest';
import { aDatabase, execute } from '../support/database.js';
import { count, faultsOf, load, writeSeeds, type Edits } from './tiny-seeds.js';

const database = await aDatabase();
const page = 'https://example.org/page';

/** Replaces the status of the one transfer, and what goes with it. */
const told = (status: string, ...lines: string[]): [string, string] => [
  "  status: PLANNED\n  reportedOn: '2023-04-27'\n  origin: REPORTED\n",
  `  status: ${status}\n${lines.map((line) => `  ${line}\n`).join('')}`,
];
const day = "reportedOn: '2023-04-27'";
const [reported, entered] = ['origin: REPORTED', 'origin: ENTERED'];
const interest = (on: string) => `  - { status: INTEREST, on: '${on}', source: ${page} }`;
const missing = 'It is missing. Say on which day the source reported this status.';

const cases: Record<string, [edits: Edits['transfers.yaml'], faults: string[]]> = {
  'a history that runs backwards': [
    [told('PLANNED', day, reported, 'earlier:', interest('2023-05'))],
    [
      'transfers.yaml:11 earlier.0.on: It lies after PLANNED, which follows. Put the statuses in the order of their dates.',
    ],
  ],
  'an earlier report without its day and page': [
    [told('PLANNED', day, reported, 'earlier:', '  - status: INTEREST')],
    [
      `transfers.yaml:11 earlier.0.on: ${missing}`,
      'transfers.yaml:11 earlier.0.source: It is missing. Name the page that reported this status.',
    ],
  ],
  'a report without its day': [[told('PLANNED', reported)], [`transfers.yaml:1 reportedOn: ${missing}`]],
  'a leap that its owner tells': [
    [told('PLANNED', day, entered, 'earlier:', interest('2021'))],
    [
      'transfers.yaml:7 status: PLANNED cannot follow INTEREST. Possible from here: ASSESSED, ON_HOLD, ABANDONED, NOT_FEASIBLE.',
    ],
  ],
  'IMPLEMENTED by its owner without a date': [
    [told('IMPLEMENTED', entered)],
    ['transfers.yaml:1 reportedOn: It is missing. IMPLEMENTED needs the date from which the practice is at work.'],
  ],
  'MAINSTREAMED by nothing': [
    [told('MAINSTREAMED', day, entered)],
    [
      'transfers.yaml:1 policyInstrument: It is missing. MAINSTREAMED needs the policy instrument that carries it, or funding that is said to last.',
    ],
  ],
  'an outcome without unit': [
    [told('PLANNED', day, reported, 'outcomes:', '  - { indicator: Visitors, achieved: 3 }')],
    ['transfers.yaml:11 outcomes.0.unit: It is missing. Add it.'],
  ],
  'an outcome in another unit than the practice measures in': [
    [told('PLANNED', day, reported, 'outcomes:', '  - { indicator: visitors, unit: groups, achieved: 3 }')],
    [
      "transfers.yaml:11 outcomes.0.unit: 'visitors' is measured in people elsewhere. Use that unit, or give the indicator a name of its own.",
    ],
  ],
  'an outcome without a figure': [
    [told('PLANNED', day, reported, 'outcomes:', '  - { indicator: Visitors, unit: people }')],
    ['transfers.yaml:11 outcomes.0.achieved: There is no figure. Add achieved, target or baseline.'],
  ],
  'a city outside the destination': [
    [told('PLANNED', day, reported, 'destinationPlace: florence', 'originPlaces: [museum]')],
    ["transfers.yaml:10 destinationPlace: 'florence' lies in ITI14, which is not inside BG. Correct one of them."],
  ],
  'a mechanism that is none, and one named twice': [
    [told('PLANNED', day, reported, 'mechanisms: [VISIT]')],
    [
      'transfers.yaml:10 mechanisms.0: "VISIT" is not a choice. Choose one of STUDY_VISIT, WORKSHOP, STAFF_EXCHANGE, PEER_REVIEW, MENTORING, MATCHMAKING, DOCUMENT.',
    ],
  ],
  'an end before the start': [
    [told('PLANNED', day, reported, "start: '2022'", "end: '2021'")],
    [
      'transfers.yaml:11 end: It lies before the start. Correct one of them, or give the end as precisely as the start.',
    ],
  ],
  'an unknown policy instrument': [
    [told('PLANNED', day, reported, 'policyInstrument: found')],
    ["transfers.yaml:10 policyInstrument: No policy instrument has the slug 'found'. Did you mean 'fund'?"],
  ],
};

test.each(Object.entries(cases))('%s is refused', async (_, [edits, faults]) => {
  expect(await faultsOf(database, { 'transfers.yaml': edits })).toEqual(faults);
});

const whole = told(
  'IMPLEMENTED',
  day,
  entered,
  'earlier:',
  `  - { status: PLANNED, on: '2021', note: In a plan., source: ${page} }`,
  '  - { status: IN_PROGRESS }',
  'policyInstrument: fund',
  'originPlaces: [florence]',
  'mechanisms: [WORKSHOP, STUDY_VISIT]',
  "start: '2022-03'",
  'funding: { amount: 1200.5, currency: EUR }',
  'fundingIsLasting: true',
  'outcomes:',
  '  - { indicator: visitors, unit: people, baseline: 10, target: 20, achieved: 25 }',
  "  - { indicator: Complaints, unit: letters, baseline: 10, target: 5, achieved: 4, on: '2023', source: https://example.org/letters }",
);

test('a whole transfer is stored once, and loading it again changes nothing', async () => {
  const fresh = await aDatabase();
  await load(fresh, await writeSeeds({ 'transfers.yaml': [whole] }));
  const changes = await count(fresh, 'change');
  await load(fresh, await writeSeeds({ 'transfers.yaml': [whole] }));
  expect(await count(fresh, 'change')).toBe(changes);
  expect(
    await execute(
      fresh,
      `select t.version, mechanisms, start_date::text, start_date_precision, funding_amount, funding_currency, i.slug as instrument,
        (select array_agg(p.slug) from transfer_origin_place e join place p on p.id = e.place_id) as places
       from transfer t join policy_instrument i on i.id = t.policy_instrument_id`,
    ),
  ).toEqual([
    {
      version: 1,
      mechanisms: ['WORKSHOP', 'STUDY_VISIT'],
      start_date: '2022-03-01',
      start_date_precision: 'MONTH',
      funding_amount: '1200.50',
      funding_currency: 'EUR',
      instrument: 'fund',
      places: ['florence'],
    },
  ]);
  expect(
    await execute(
      fresh,
      'select status, changed_on::text as "on", note, source_url as source from transfer_status order by position',
    ),
  ).toEqual([
    { status: 'PLANNED', on: '2021-01-01', note: 'In a plan.', source: page },
    { status: 'IN_PROGRESS', on: null, note: null, source: null },
    { status: 'IMPLEMENTED', on: '2023-04-27', note: null, source: 'https://example.org/transfer' },
  ]);
  // The practice's name for the indicator stays, and its unit.
  expect(
    await execute(
      fresh,
      'select i.name, i.unit, o.achieved, o.source_url as source from outcome o join indicator i on i.id = o.indicator_id order by o.position',
    ),
  ).toEqual([
    { name: 'Visitors', unit: 'people', achieved: '25', source: 'https://example.org/transfer' },
    { name: 'Complaints', unit: 'letters', achieved: '4', source: 'https://example.org/letters' },
  ]);
});

test('a history that becomes shorter, and an outcome that is taken out, leave nothing behind', async () => {
  const fresh = await aDatabase();
  await load(fresh, await writeSeeds({ 'transfers.yaml': [whole] }));
  await load(fresh, await writeSeeds());
  expect(await execute(fresh, 'select status from transfer_status')).toEqual([{ status: 'PLANNED' }]);
  expect(await count(fresh, 'outcome')).toBe(0);
  expect(await execute(fresh, 'select version from transfer')).toEqual([{ version: 2 }]);
});

test('the database takes no report without its day and page', async () => {
  const fresh = await aDatabase();
  await load(fresh, await writeSeeds());
  for (const column of ['reported_on', 'source_url'])
    await expect(execute(fresh, `update transfer set ${column} = null`)).rejects.toThrow('transfer_reported');
});

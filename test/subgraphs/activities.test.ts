import { expect, test } from 'vitest';
import { aDatabase } from '../support/database.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase('seeded');
const graph = await aGraph(database);

test('the two days of Barcelona are told whole: host, welcome, experts, sessions and study visits', async () => {
  const { data, errors, statements } = await graph.run(`{ event(slug: "innocrafts-barcelona-2012") {
    title alternativeTitle types ordinal startDate startDatePrecision endDate mode confidence method formats objectives
    city { name } region { code } project { acronym } host { name } themes { notation }
    participantCountries { isoCountryCode level }
    roles { role label contribution partner { name } session { position } }
    sessions { day types subject venue { name } visited { name parent { name } } practices { title } } } }`);
  expect(errors).toEqual([]);
  const role = (name: string, partner: string | null, label: string | null, session: number | null) => ({
    role: name,
    label,
    contribution: label === 'experts on the craft sector' ? 'Analysed the good practices.' : null,
    partner: partner && { name: partner },
    session: session === null ? null : { position: session },
  });
  const session = (day: string, types: string[], subject: string | null, places: object) => ({
    day,
    types,
    subject,
    venue: null,
    visited: null,
    practices: [],
    ...places,
  });
  expect(data['event']).toEqual({
    title: '1st Interregional Training Session and Study Visit',
    alternativeTitle: 'Interregional Training Seminar on Business Models and Business Support Services',
    types: ['TRAINING_SEMINAR', 'STUDY_VISIT'],
    ordinal: 1,
    startDate: '2012-11-21',
    startDatePrecision: 'DAY',
    endDate: '2012-11-22',
    mode: 'IN_PERSON',
    confidence: 'STATED',
    method: 'Didactic, on both days.',
    formats: ['ROUND_TABLE', 'PRESENTATION', 'WORKSHOP', 'INFORMAL_SESSION'],
    objectives: [
      "Learn how best to unlock the potential of creative small and medium-sized enterprises in the participants' cities by promoting entrepreneurial spirit in crafts.",
      'Support existing small and medium-sized enterprises in growing and modernising their businesses and the sector.',
    ],
    city: { name: 'Barcelona' },
    region: { code: 'ES511' },
    project: { acronym: 'INNOCRAFTS' },
    host: { name: 'Barcelona Chamber of Commerce' },
    themes: [{ notation: 'T1' }],
    participantCountries: ['IT', 'FR', 'HU', 'RO', 'FI', 'SK', 'IE', 'LV', 'LT', 'BG', 'ES'].map((code) => ({
      isoCountryCode: code,
      level: 0,
    })),
    roles: [
      role('HOST', 'Barcelona Chamber of Commerce', null, null),
      role('EXPERT', null, 'international experts', null),
      role('WELCOME', 'Barcelona Chamber of Commerce', null, 0),
      role('WELCOME', 'Barcelona City Council', null, 0),
      role('WELCOME', 'Barcelona County Council', null, 0),
      role('WELCOME', 'Government of Catalonia', null, 0),
      role('PARTICIPANT', null, 'delegates and participants', 0),
      role('EXPERT', null, 'experts on the craft sector', 1),
    ],
    sessions: [
      session('2012-11-21', ['WELCOME'], null, { venue: { name: 'Auditorium of the MACBA Museum' } }),
      session(
        '2012-11-21',
        ['WORKSHOP', 'ROUND_TABLE'],
        'Good practices in business models and business support services.',
        { venue: { name: 'Auditorium of the MACBA Museum' } },
      ),
      session(
        '2012-11-21',
        ['STUDY_VISIT'],
        'Urban regeneration: the museum as the centrepiece of the renewal of the historic Raval area.',
        { visited: { name: 'MACBA Museum', parent: { name: 'Raval' } } },
      ),
      session(
        '2012-11-22',
        ['WORKSHOP', 'PRESENTATION'],
        'How to transfer best practices to other regions and cities in Europe, and how to turn proven practices into effective policies.',
        { venue: { name: 'Auditorium of the Barcelona Chamber of Commerce' } },
      ),
      session('2012-11-22', ['STUDY_VISIT'], 'Making more of existing cultural heritage.', {
        visited: { name: 'La Pedrera', parent: { name: 'Barcelona' } },
      }),
    ],
  });
  // The event; its roles and sessions; places, regions, project, partners and themes; the places around the places.
  expect(statements).toHaveLength(9);
});

test('the coordination meeting of SCALE SME is told whole, with its outputs, tasks and action plan', async () => {
  const { data, errors, statements } = await graph.run(`{ project(slug: "scale-sme") {
    acronym programme { name keyAction actionType } participations { nodes { role roleLabel partner { name } } }
    events { nodes { title types startDate endDate mode description agenda decisions followUps city { name }
      roles { role contribution partner { name } } sessions { id } } }
    outputs(orderBy: TITLE_ASC) { nodes { slug type isMainResult technology status updatedOn responsible { name } uses { slug }
      updates { reportedOn status note event { slug } } } }
    tasks(orderBy: TITLE_ASC) { nodes { title kind status assigneeText assignee { name } reviewedAt { slug } } }
    actionPlans { nodes { title versionLabel status statusOn endorsedByText proposedBy { name } endorsedBy { id } actions { title } } } } }`);
  expect(errors).toEqual([]);
  const meeting = { slug: 'scale-sme-coordination-meeting-2021' };
  const spoke = (partner: string, contribution: string) => ({
    role: 'SPEAKER',
    contribution,
    partner: { name: partner },
  });
  expect(data['project']).toEqual({
    acronym: 'SCALE SME',
    programme: { name: 'Erasmus+', keyAction: 'KA2', actionType: 'Strategic Partnership' },
    participations: {
      nodes: expect.arrayContaining([
        { role: 'LEAD_PARTNER', roleLabel: 'coordinator', partner: { name: 'ENTER' } },
        { role: 'PARTNER', roleLabel: null, partner: { name: 'Innogestiona Ambiental' } },
        { role: 'PARTNER', roleLabel: null, partner: { name: 'Romagna Tech' } },
      ]),
    },
    events: {
      nodes: [
        {
          title: 'SCALE SME coordination and task update meeting',
          types: ['COORDINATION_MEETING'],
          startDate: '2021-11-17',
          endDate: '2021-11-17',
          mode: 'UNKNOWN',
          description:
            'The project was entering its most intense phase: validating results and putting the training and networking platform to work.',
          agenda: [
            'Review the status of the tasks assigned to each partner.',
            'Agree the action plan for the rest of the project.',
            'Review reports and documentation.',
          ],
          decisions: ['All project partners support the proposed action plan.'],
          followUps: ['Hold a meeting face to face in the near future.'],
          city: null,
          roles: [
            spoke(
              'ENTER',
              'Status of the documentation required for reporting; asked the partners to keep to the proposed schedule.',
            ),
            spoke(
              'Innogestiona Ambiental',
              'Progress of the set of tools and resources; first proposal of the action plan.',
            ),
            spoke(
              'Romagna Tech',
              'First version of the training and networking platform, with details of its operation, management and maintenance.',
            ),
          ],
          sessions: [],
        },
      ],
    },
    outputs: {
      nodes: [
        {
          slug: 'scale-sme-platform',
          type: 'TRAINING_PLATFORM',
          isMainResult: true,
          technology: 'Moodle',
          status: 'FIRST_VERSION',
          updatedOn: '2021-11-17',
          responsible: { name: 'Romagna Tech' },
          uses: [{ slug: 'scale-sme-toolkit' }],
          updates: [
            {
              reportedOn: '2021-11-17',
              status: 'FIRST_VERSION',
              note: 'A first version was presented, with its operation, management and maintenance.',
              event: meeting,
            },
          ],
        },
        {
          slug: 'scale-sme-toolkit',
          type: 'TOOLKIT',
          isMainResult: true,
          technology: null,
          status: 'IN_DEVELOPMENT',
          updatedOn: '2021-11-17',
          responsible: { name: 'Innogestiona Ambiental' },
          uses: [],
          updates: [
            { reportedOn: '2021-11-17', status: 'IN_DEVELOPMENT', note: 'Its progress was presented.', event: meeting },
          ],
        },
      ],
    },
    tasks: {
      nodes: [
        {
          title: 'Documentation required for reporting',
          kind: 'REPORTING',
          status: null,
          assigneeText: null,
          assignee: { name: 'ENTER' },
          reviewedAt: meeting,
        },
        {
          title: 'The tasks assigned to each partner',
          kind: null,
          status: null,
          assigneeText: 'each partner',
          assignee: null,
          reviewedAt: meeting,
        },
      ],
    },
    actionPlans: {
      nodes: [
        {
          title: 'Action plan for the rest of the project',
          versionLabel: 'initial proposal',
          status: 'SUPPORTED',
          statusOn: '2021-11-17',
          endorsedByText: 'all project partners',
          proposedBy: { name: 'Innogestiona Ambiental' },
          endorsedBy: [],
          actions: [],
        },
      ],
    },
  });
  // The project; its programme, participations, events, outputs, tasks, plans; their partners, roles, sessions, uses,
  // updates, reviewing events, endorsements and actions.
  expect(statements).toHaveLength(15);
});

test('a practice tells where it was presented, and the session who presented it', async () => {
  const { data, errors } = await graph.run(`{ goodPractice(slug: "lovech-promotion-of-crafts") {
    presentedAt { totalCount nodes { slug sessions { practices { slug } roles { role partner { slug } } } } } } }`);
  expect(errors).toEqual([]);
  const { totalCount, nodes } = data['goodPractice'].presentedAt;
  expect([totalCount, nodes[0].slug]).toEqual([1, 'innocrafts-vilnius-2013']);
  expect(nodes[0].sessions).toHaveLength(6);
  expect(nodes[0].sessions[5]).toEqual({
    practices: [{ slug: 'lovech-promotion-of-crafts' }],
    roles: [{ role: 'SPEAKER', partner: { slug: 'ram-central-stara-planina' } }],
  });
});

test('a transfer tells the action that carries it out, and an action its plan and its transfer', async () => {
  const { data, errors } = await graph.run(
    `{ transfer(slug: "bcde-to-spain") { actions { title position plan { slug status } transfer { slug } } } }`,
  );
  expect(errors).toEqual([]);
  expect(data['transfer'].actions).toEqual([
    {
      title: 'Programme for creating, consolidating and strengthening craft companies',
      position: 0,
      plan: { slug: 'crafts-code-plan-spain', status: 'APPROVED' },
      transfer: { slug: 'bcde-to-spain' },
    },
  ]);
});

test('an event that is not confirmed, or disputed, says so', async () => {
  const { data } = await graph.run(
    '{ events(orderBy: START_ASC) { nodes { slug confidence startDate startDatePrecision } } }',
  );
  expect(data['events'].nodes).toHaveLength(10);
  const doubtful = data['events'].nodes.filter(({ confidence }: { confidence: string }) => confidence !== 'STATED');
  expect(doubtful).toEqual([
    {
      slug: 'innocrafts-launch-florence-2012',
      confidence: 'UNCERTAIN',
      startDate: '2012-04-17',
      startDatePrecision: 'DAY',
    },
    { slug: 'innocrafts-turku-2013', confidence: 'UNCERTAIN', startDate: '2013-06-01', startDatePrecision: 'MONTH' },
    { slug: 'innocrafts-vilnius-2013', confidence: 'DISPUTED', startDate: '2013-10-01', startDatePrecision: 'DAY' },
    { slug: 'innocrafts-riga-2014', confidence: 'DISPUTED', startDate: '2014-06-17', startDatePrecision: 'DAY' },
  ]);
});

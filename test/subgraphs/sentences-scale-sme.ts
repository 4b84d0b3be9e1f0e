import type { Sentence } from './sentences-innocrafts.js';

const project = (fields: string) => `{ project(slug: "scale-sme") { ${fields} } }`;
const meeting = (fields: string) => `{ event(slug: "scale-sme-coordination-meeting-2021") { ${fields} } }`;
const output = (slug: string, fields: string) => `{ output(slug: "scale-sme-${slug}") { ${fields} } }`;

/** The page about the meeting of 2021. */
export const sentencesOfScaleSme: Sentence[] = [
  [
    'On 17 November 2021 the consortium held a coordination meeting',
    meeting('types startDate endDate project { acronym aliases }'),
    {
      types: ['COORDINATION_MEETING'],
      startDate: '2021-11-17',
      endDate: '2021-11-17',
      project: { acronym: 'SCALE SME', aliases: ['Scale SMEs'] },
    },
  ],
  [
    'It reviewed the tasks, was to agree the action plan, and reviewed reports and documentation',
    meeting('agenda'),
    {
      agenda: [
        'Review the status of the tasks assigned to each partner.',
        'Agree the action plan for the rest of the project.',
        'Review reports and documentation.',
      ],
    },
  ],
  [
    'Where and how people met is not said',
    meeting('mode city { id } venue { id } sessions { id } participantCountries { id }'),
    { mode: 'UNKNOWN', city: null, venue: null, sessions: [], participantCountries: [] },
  ],
  [
    'The project is a Strategic Partnership of Erasmus+, key action 2, co-funded by it',
    project('coFunded programme { name keyAction actionType }'),
    { coFunded: true, programme: { name: 'Erasmus+', keyAction: 'KA2', actionType: 'Strategic Partnership' } },
  ],
  [
    'It is to improve training and networking in the cultural and creative industries',
    project('aim sectors'),
    {
      aim: 'Improve training and networking opportunities in the cultural and creative industries.',
      sectors: ['cultural and creative industries'],
    },
  ],
  [
    'Skills of freelancers and enterprises are to open opportunities and raise competitiveness',
    project('objective targetGroups'),
    {
      objective:
        'Better competences and skills of freelancers and small enterprises open new business opportunities and so raise their competitiveness.',
      targetGroups: [
        'freelancers in the cultural and creative industries',
        'small and medium-sized enterprises in the cultural and creative industries',
      ],
    },
  ],
  [
    'The consortium comes from five countries and four trades',
    project('claims(field: "participations") { subject value confidence }'),
    {
      claims: [
        { subject: 'countries', value: 'Spain, Italy, Slovenia, Croatia and Greece', confidence: 'STATED' },
        {
          subject: 'specialisations',
          value: 'technology, training, innovation and cultural project management',
          confidence: 'STATED',
        },
      ],
    },
  ],
  [
    'Three of its partners are named, ENTER of Croatia as the coordinator',
    project('participations { nodes { role roleLabel partner { name region { code } } } }'),
    {
      participations: {
        nodes: [
          { role: 'LEAD_PARTNER', roleLabel: 'coordinator', partner: { name: 'ENTER', region: { code: 'HR' } } },
          { role: 'PARTNER', roleLabel: null, partner: { name: 'Romagna Tech', region: { code: 'IT' } } },
          { role: 'PARTNER', roleLabel: null, partner: { name: 'Innogestiona Ambiental', region: { code: 'ES' } } },
        ],
      },
    },
  ],
  [
    'ENTER told how far the documents for reporting were and asked to keep to the schedule; Innogestiona Ambiental and Romagna Tech presented their work',
    meeting('roles { role partner { name } contribution }'),
    {
      roles: [
        {
          role: 'SPEAKER',
          partner: { name: 'ENTER' },
          contribution:
            'Status of the documentation required for reporting; asked the partners to keep to the proposed schedule.',
        },
        {
          role: 'SPEAKER',
          partner: { name: 'Innogestiona Ambiental' },
          contribution: 'Progress of the set of tools and resources; first proposal of the action plan.',
        },
        {
          role: 'SPEAKER',
          partner: { name: 'Romagna Tech' },
          contribution:
            'First version of the training and networking platform, with details of its operation, management and maintenance.',
        },
      ],
    },
  ],
  [
    'The documents for reporting are the task of ENTER, and every partner has tasks that are not listed',
    project(
      'tasks(orderBy: TITLE_ASC) { nodes { title kind status assigneeText assignee { name } reviewedAt { slug } } }',
    ),
    {
      tasks: {
        nodes: [
          {
            title: 'Documentation required for reporting',
            kind: 'REPORTING',
            status: null,
            assigneeText: null,
            assignee: { name: 'ENTER' },
            reviewedAt: { slug: 'scale-sme-coordination-meeting-2021' },
          },
          {
            title: 'The tasks assigned to each partner',
            kind: null,
            status: null,
            assigneeText: 'each partner',
            assignee: null,
            reviewedAt: { slug: 'scale-sme-coordination-meeting-2021' },
          },
        ],
      },
    },
  ],
  [
    'The project was entering its most intense phase',
    project('phase'),
    {
      phase:
        'On 17 November 2021 it was entering its most intense phase: validating results and putting the training and networking platform to work.',
    },
  ],
  [
    'A main result is a set of tools and resources, on which Innogestiona Ambiental reported progress',
    output('toolkit', 'title type isMainResult responsible { name } updates { reportedOn status note event { slug } }'),
    {
      title:
        'Set of tools and specific resources for competitiveness and business opportunities in the cultural and creative industries',
      type: 'TOOLKIT',
      isMainResult: true,
      responsible: { name: 'Innogestiona Ambiental' },
      updates: [
        {
          reportedOn: '2021-11-17',
          status: 'IN_DEVELOPMENT',
          note: 'Its progress was presented.',
          event: { slug: 'scale-sme-coordination-meeting-2021' },
        },
      ],
    },
  ],
  [
    'Innogestiona Ambiental also proposed an action plan, which all partners supported',
    project(
      'actionPlans { nodes { title versionLabel status statusOn endorsedByText proposedBy { name } actions { title } } }',
    ),
    {
      actionPlans: {
        nodes: [
          {
            title: 'Action plan for the rest of the project',
            versionLabel: 'initial proposal',
            status: 'SUPPORTED',
            statusOn: '2021-11-17',
            endorsedByText: 'all project partners',
            proposedBy: { name: 'Innogestiona Ambiental' },
            actions: [],
          },
        ],
      },
    },
  ],
  [
    'The meeting decided on it',
    meeting('decisions'),
    { decisions: ['All project partners support the proposed action plan.'] },
  ],
  [
    'Another main result is a platform built on Moodle, which Romagna Tech showed in a first version',
    output(
      'platform',
      'title type isMainResult technology sourceNote responsible { name } updates { reportedOn status note event { slug } }',
    ),
    {
      title: 'SCALE SME training and networking platform',
      type: 'TRAINING_PLATFORM',
      isMainResult: true,
      technology: 'Moodle',
      sourceNote: 'Built on the latest version of Moodle at that time; its number is not stated.',
      responsible: { name: 'Romagna Tech' },
      updates: [
        {
          reportedOn: '2021-11-17',
          status: 'FIRST_VERSION',
          note: 'A first version was presented, with its operation, management and maintenance.',
          event: { slug: 'scale-sme-coordination-meeting-2021' },
        },
      ],
    },
  ],
  [
    'The platform is to hold the tools, help professionals and connect them',
    output('platform', 'purpose uses { slug }'),
    {
      purpose:
        'Host the contents, resources and tools; let professionals find solutions, connect with each other and explore ways to be more competitive.',
      uses: [{ slug: 'scale-sme-toolkit' }],
    },
  ],
  [
    'They wish to meet in person soon',
    meeting('followUps'),
    { followUps: ['Hold a meeting face to face in the near future.'] },
  ],
];

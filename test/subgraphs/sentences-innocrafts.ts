import { expect } from 'vitest';

/** What a page says, in our words; the query that asks for it; what its root field must answer. */
export type Sentence = [statement: string, query: string, answer: unknown];

const barcelona = (fields: string) => `{ event(slug: "innocrafts-barcelona-2012") { ${fields} } }`;
const innocrafts = (fields: string) => `{ project(slug: "innocrafts") { ${fields} } }`;

const [first, second] = ['2012-11-21', '2012-11-22'];
const chamber = { name: 'Barcelona Chamber of Commerce' };
const macba = { name: 'Auditorium of the MACBA Museum' };

/** The page about Barcelona, 2012. */
export const sentencesOfInnocrafts: Sentence[] = [
  [
    'The event was a training session and a study visit, the first of its series',
    barcelona('title types ordinal'),
    {
      title: '1st Interregional Training Session and Study Visit',
      types: ['TRAINING_SEMINAR', 'STUDY_VISIT'],
      ordinal: 1,
    },
  ],
  [
    'Elsewhere the page calls it a training seminar on business models and support services',
    barcelona('alternativeTitle themes { notation label }'),
    {
      alternativeTitle: 'Interregional Training Seminar on Business Models and Business Support Services',
      themes: [{ notation: 'T1', label: 'Business models and business support services' }],
    },
  ],
  [
    'It took two days in Barcelona',
    barcelona('startDate startDatePrecision endDate city { name } region { countryCode } sessions { day }'),
    {
      startDate: first,
      startDatePrecision: 'DAY',
      endDate: second,
      city: { name: 'Barcelona' },
      region: { countryCode: 'ES' },
      sessions: [first, first, first, second, second].map((day) => ({ day })),
    },
  ],
  ['The Chamber of Commerce of Barcelona hosted it', barcelona('host { name }'), { host: chamber }],
  [
    'INNOCRAFTS held it, a project of interregional cooperation under INTERREG IVC that the European Union co-finances',
    barcelona('project { acronym coFunded programme { name cooperationType } }'),
    {
      project: {
        acronym: 'INNOCRAFTS',
        coFunded: true,
        programme: { name: 'INTERREG IVC', cooperationType: 'INTERREGIONAL' },
      },
    },
  ],
  [
    'The project wants to share and spread good practices in support services for crafts and creative sectors',
    innocrafts('aim sectors'),
    {
      aim: 'Share and spread good practices on innovative support services for the craft sector in particular and the creative sectors in general.',
      sectors: ['artistic and contemporary crafts', 'creative industries'],
    },
  ],
  [
    'People from eleven countries took part',
    barcelona('participantCountries { isoCountryCode level }'),
    {
      participantCountries: ['IT', 'FR', 'HU', 'RO', 'FI', 'SK', 'IE', 'LV', 'LT', 'BG', 'ES'].map(
        (isoCountryCode) => ({
          isoCountryCode,
          level: 0,
        }),
      ),
    },
  ],
  [
    'They met international experts, and experts on crafts analysed good practices',
    barcelona('roles { role label contribution session { subject } }'),
    {
      roles: expect.arrayContaining([
        { role: 'EXPERT', label: 'international experts', contribution: null, session: null },
        {
          role: 'EXPERT',
          label: 'experts on the craft sector',
          contribution: 'Analysed the good practices.',
          session: { subject: 'Good practices in business models and business support services.' },
        },
      ]),
    },
  ],
  [
    'They worked in round tables, presentations, workshops and informally, the didactic way',
    barcelona('formats method'),
    {
      formats: ['ROUND_TABLE', 'PRESENTATION', 'WORKSHOP', 'INFORMAL_SESSION'],
      method: 'Didactic, on both days.',
    },
  ],
  [
    'They were to learn how to unlock what creative enterprises can do, and how to support those that exist',
    barcelona('objectives'),
    {
      objectives: [
        "Learn how best to unlock the potential of creative small and medium-sized enterprises in the participants' cities by promoting entrepreneurial spirit in crafts.",
        'Support existing small and medium-sized enterprises in growing and modernising their businesses and the sector.',
      ],
    },
  ],
  [
    'On day 1 in the auditorium of the MACBA four bodies welcomed delegates and participants',
    barcelona('sessions { day types venue { name } roles { role label partner { name } } }'),
    {
      sessions: expect.arrayContaining([
        {
          day: first,
          types: ['WELCOME'],
          venue: macba,
          roles: [
            { role: 'WELCOME', label: null, partner: chamber },
            { role: 'WELCOME', label: null, partner: { name: 'Barcelona City Council' } },
            { role: 'WELCOME', label: null, partner: { name: 'Barcelona County Council' } },
            { role: 'WELCOME', label: null, partner: { name: 'Government of Catalonia' } },
            { role: 'PARTICIPANT', label: 'delegates and participants', partner: null },
          ],
        },
      ]),
    },
  ],
  [
    'Workshops and round tables of day 1 were about business models and support; it closed at the MACBA in the Raval; day 2, in the auditorium of the Chamber, turned to transfer and policies, and closed at the Pedrera',
    barcelona('sessions { day types subject venue { name } visited { name parent { name } } }'),
    {
      sessions: [
        { day: first, types: ['WELCOME'], subject: null, venue: macba, visited: null },
        {
          day: first,
          types: ['WORKSHOP', 'ROUND_TABLE'],
          subject: 'Good practices in business models and business support services.',
          venue: macba,
          visited: null,
        },
        {
          day: first,
          types: ['STUDY_VISIT'],
          subject: 'Urban regeneration: the museum as the centrepiece of the renewal of the historic Raval area.',
          venue: null,
          visited: { name: 'MACBA Museum', parent: { name: 'Raval' } },
        },
        {
          day: second,
          types: ['WORKSHOP', 'PRESENTATION'],
          subject:
            'How to transfer best practices to other regions and cities in Europe, and how to turn proven practices into effective policies.',
          venue: { name: 'Auditorium of the Barcelona Chamber of Commerce' },
          visited: null,
        },
        {
          day: second,
          types: ['STUDY_VISIT'],
          subject: "Making more of existing cultural heritage, at one of the city's cultural centres, Gaudí's Pedrera.",
          venue: null,
          visited: { name: 'La Pedrera', parent: { name: 'Barcelona' } },
        },
      ],
    },
  ],
  [
    'It names no practice and does not count participants: neither do we',
    barcelona('practicesPresented decisions followUps sessions { practices { id } }'),
    {
      practicesPresented: null,
      decisions: [],
      followUps: [],
      sessions: Array.from({ length: 5 }, () => ({ practices: [] })),
    },
  ],
];

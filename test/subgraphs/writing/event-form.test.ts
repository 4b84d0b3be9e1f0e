import { beforeAll, describe, expect, test } from 'vitest';
import { aDatabase, execute } from '../../support/database.js';
import {
  anEvent,
  anEventRole,
  aParticipation,
  aPartner,
  aPlace,
  aProgramme,
  aProject,
  aRegion,
  aTheme,
} from '../../support/factories.js';
import { aGraph } from '../../support/graph.js';
import { mistaken, outcome, refused, type Mistake } from '../../support/refused.js';
import { admin, editorOf, send } from '../../support/writing.js';

const database = await aDatabase();
const graph = await aGraph(database);
let own = '';
let other = '';
let project = '';
beforeAll(async () => {
  own = (await aPartner(database, { slug: 'own' })).id;
  other = (await aPartner(database, { slug: 'other' })).id;
  const programme = await aProgramme(database);
  project = (await aProject(database, { programme_id: programme.id, slug: 'crafts' })).id;
  const region = await aRegion(database, 'XA');
  await aRegion(database, 'XB');
  await aPlace(database, { slug: 'town', region_id: region.id });
  await aTheme(database, { slug: 'craft' });
});
const editor = () => editorOf(own);
const create = (input: object, asked?: string, viewer = editor()) =>
  send(graph, viewer, 'eventCreate', { language: 'en', ...input }, asked);
const change = (input: object, asked?: string, viewer = editor()) => send(graph, viewer, 'eventUpdate', input, asked);

const whole = {
  title: 'Craft days',
  start: '2012-05-30',
  end: '2012-05-31',
  project: 'crafts',
  city: 'town',
  themes: ['craft'],
  participantCountries: ['XB'],
  roles: [{ role: 'HOST', partner: 'own' }],
  sessions: [
    { key: 'welcome', day: '2012-05-30', types: ['WELCOME'], roles: [{ role: 'WELCOME', label: 'the mayor' }] },
    { key: 'visit', day: '2012-05-31', types: ['STUDY_VISIT'], visited: 'town' },
  ],
  sources: ['https://example.org/days'],
};
const everything = `id slug version publicationStatus title startDate region { code } city { slug } project { slug }
  themes { slug } participantCountries { code } host { slug } sources { url }
  sessions { id day types visited { slug } roles { role label } sources { url } } roles { role partner { slug } label }`;

describe('an event', () => {
  test('is entered with its sessions and roles, and changed where something is given', async () => {
    const { record, userErrors, errors } = await create(whole, everything);
    expect([errors, userErrors]).toEqual([[], []]);
    const sources = [{ url: 'https://example.org/days' }];
    const host = { role: 'HOST', partner: { slug: 'own' }, label: null };
    const welcome = { role: 'WELCOME', label: 'the mayor' };
    const after = {
      id: expect.stringMatching(/^evt_/),
      slug: 'craft-days',
      version: 1,
      publicationStatus: 'DRAFT',
      title: 'Craft days',
      startDate: '2012-05-30',
      region: { code: 'XA' },
      city: { slug: 'town' },
      project: { slug: 'crafts' },
      themes: [{ slug: 'craft' }],
      participantCountries: [{ code: 'XB' }],
      host: { slug: 'own' },
      sources,
      sessions: [
        { id: expect.any(String), day: '2012-05-30', types: ['WELCOME'], visited: null, roles: [welcome], sources },
        {
          id: expect.any(String),
          day: '2012-05-31',
          types: ['STUDY_VISIT'],
          visited: { slug: 'town' },
          roles: [],
          sources,
        },
      ],
      roles: [host, { ...welcome, partner: null }],
    };
    expect(record).toEqual(after);
    const { id } = record;
    const expert = { role: 'EXPERT', label: 'international experts' };
    const roles = [{ role: 'HOST', partner: 'own' }, expert];
    const { record: second } = await change({ id, expectedVersion: 1, roles, themes: [] }, everything);
    expect(second).toMatchObject({ version: 2, city: { slug: 'town' }, sessions: record.sessions, themes: [] });
    expect(second.roles).toHaveLength(3);
    expect(second.roles).toEqual(expect.arrayContaining([host, { ...expert, partner: null }]));
    const [, visit] = whole.sessions;
    const { record: third } = await change(
      { id, expectedVersion: 2, sessions: [visit], city: null, region: 'XB' },
      everything,
    );
    expect(third).toMatchObject({ version: 3, city: null, region: { code: 'XB' }, sessions: [record.sessions[1]] });
    expect(third.roles).toEqual([host, { ...expert, partner: null }]);
  });

  test('is changed by its owner, its hosts and the partners of its project, and by nobody else', async () => {
    const event = await anEvent(database, { project_id: project, slug: 'shared' });
    const rename = (expectedVersion: number, viewer = editorOf(other)) =>
      change(
        { id: event.id, expectedVersion, title: `T${expectedVersion}`, sessions: [{ types: ['WELCOME'] }] },
        'version',
        viewer,
      );
    expect(await outcome(database, () => rename(1))).toEqual(refused('FORBIDDEN'));
    // What somebody says of itself, and nobody confirmed, gives no right.
    const part = await aParticipation(database, {
      project_id: project,
      partner_id: other,
      role: 'PARTNER',
      publication_status: 'DRAFT',
    });
    expect(await outcome(database, () => rename(1))).toEqual(refused('FORBIDDEN'));
    await execute(database, `update participation set publication_status = 'PUBLISHED' where id = $1`, [part.id]);
    expect((await rename(1)).record).toEqual({ version: 2 });
    await execute(database, 'delete from participation where id = $1', [part.id]);
    expect(await outcome(database, () => rename(2))).toEqual(refused('FORBIDDEN'));
    await anEventRole(database, { event_id: event.id, role: 'HOST', partner_id: other, label: null });
    expect((await rename(3)).record).toEqual({ version: 4 });
    const withdraw = () =>
      send(graph, editorOf(other), 'eventWithdraw', { id: event.id, expectedVersion: 4, note: 'Mine.' });
    expect(await outcome(database, withdraw)).toEqual(refused('FORBIDDEN'));
    expect(
      await outcome(database, () =>
        change({ id: event.id, expectedVersion: 4, owner: 'other' }, 'id', editorOf(other)),
      ),
    ).toEqual(refused('FORBIDDEN'));
    expect(
      (await send(graph, admin, 'eventWithdraw', { id: event.id, expectedVersion: 4, note: 'Wrong.' })).record,
    ).toEqual({
      id: event.id,
      version: 5,
    });
  });

  test('keeps its sessions on its days', async () => {
    const { record } = await create({ ...whole, title: 'Moved days' });
    expect(await outcome(database, () => change({ id: record.id, expectedVersion: 1, end: '2012-05-30' }))).toEqual(
      mistaken([
        'start',
        'CONFLICT',
        "2012-05-31 is none of the event's days, 2012-05-30 to 2012-05-30. Correct it, or the event's start or end.",
      ]),
    );
  });
});

describe('nothing is stored of', () => {
  const mistakes: [what: string, input: object, ...mistakes: Mistake[]][] = [
    ['a title with markup', { title: '<i>A</i>' }, ['title', 'INVALID', 'It holds markup, `<i>`. Write plain text.']],
    [
      'a title of 300 characters',
      { title: 'x'.repeat(300) },
      ['title', 'INVALID', 'It has more than 200 characters. Shorten it.'],
    ],
    [
      'an end before its start',
      { title: 'A', start: '2014', end: '2012' },
      ['end', 'INVALID', 'It lies before the start. Correct one of them, or give the end as precisely as the start.'],
    ],
    [
      'what it names that is not there, in its parts too',
      {
        title: 'A',
        region: 'XC',
        roles: [{ role: 'HOST', partner: 'nobody' }],
        sessions: [{ types: [] }, { practices: ['none'], roles: [{ role: 'SPEAKER', partner: 'nobody' }] }],
      },
      ['region', 'NOT_FOUND', "No region has the code 'XC'. Did you mean 'XA'?"],
      [
        'sessions.1.practices.0',
        'NOT_FOUND',
        "No good practice has the slug 'none'. Add it first, or correct the reference.",
      ],
      ['roles.0.partner', 'NOT_FOUND', "No partner has the slug 'nobody'. Add it first, or correct the reference."],
      [
        'sessions.1.roles.0.partner',
        'NOT_FOUND',
        "No partner has the slug 'nobody'. Add it first, or correct the reference.",
      ],
    ],
    [
      'a session on a day that it does not have',
      { title: 'A', start: '2012-05', sessions: [{ day: '2012-06-01' }] },
      [
        'sessions.0.day',
        'INVALID',
        "2012-06-01 is none of the event's days, 2012-05-01 to 2012-05-31. Correct it, or the event's start or end.",
      ],
    ],
    [
      'a role of nobody, and one twice',
      { title: 'A', roles: [{ role: 'HOST' }, { role: 'EXPERT', label: 'us' }, { role: 'EXPERT', label: 'us' }] },
      ['roles.0.partner', 'INVALID', 'Name either a partner or, for a group without a record, a label.'],
      ['roles.2.role', 'INVALID', "'us' is EXPERT here already. Take one out."],
    ],
    [
      'a city and a region',
      { title: 'A', city: 'town', region: 'XA' },
      ['region', 'INVALID', 'The city says it already. Leave the region out.'],
    ],
    [
      'an event of another organisation',
      { title: 'A', owner: 'other' },
      ['owner', 'FORBIDDEN', "You write for 'own' alone. Leave this out, or name that organisation."],
    ],
  ];
  test.each(mistakes)('%s', async (_, input, ...expected) => {
    expect(await outcome(database, () => create(input))).toEqual(mistaken(...expected));
  });
});

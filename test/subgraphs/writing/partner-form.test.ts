import { beforeAll, describe, expect, test } from 'vitest';
import { aDatabase } from '../../support/database.js';
import { aPartner, aPlace, aRegion } from '../../support/factories.js';
import { aGraph } from '../../support/graph.js';
import { mistaken, outcome, refused, type Mistake } from '../../support/refused.js';
import { admin, editorOf, reviewer, send } from '../../support/writing.js';

const database = await aDatabase();
const graph = await aGraph(database);
let own = '';
let other = '';
beforeAll(async () => {
  own = (await aPartner(database, { slug: 'own', name_original: 'Own', acronym: 'OWN' })).id;
  other = (await aPartner(database, { slug: 'other' })).id;
  await aRegion(database, 'XA');
  await aPlace(database, { slug: 'town' });
});
const editor = () => editorOf(own);
const create = (input: object, asked?: string, viewer = reviewer) =>
  send(graph, viewer, 'partnerCreate', { language: 'en', ...input }, asked);
const change = (input: object, asked?: string, viewer = editor()) => send(graph, viewer, 'partnerUpdate', input, asked);
const versionOf = async (id: string) =>
  (await graph.run('query ($id: ID!) { partner(id: $id) { version } }', { id }, admin)).data['partner'].version;

const everything = `id slug version publicationStatus origin nameOriginal acronym type region { code } place { slug }
  formerNames otherNames { name kind from } identifiers { scheme value } contacts { role url email } sources { url }`;

describe('an organisation', () => {
  test('changes its own record: what is left out stays, reported as it was', async () => {
    const { record, userErrors, errors } = await change(
      {
        id: own,
        expectedVersion: 1,
        type: 'SME',
        region: 'XA',
        place: 'town',
        otherNames: [{ name: 'Formerly', kind: 'FORMER', from: '2010' }],
        identifiers: [{ scheme: 'WIKIDATA', value: 'Q2044' }],
        contacts: [{ role: 'press', url: 'https://example.org/press', email: 'press@example.org' }],
        sources: ['https://example.org/own'],
      },
      everything,
    );
    expect([errors, userErrors]).toEqual([[], []]);
    const after = {
      id: own,
      slug: 'own',
      version: 2,
      publicationStatus: 'PUBLISHED',
      origin: 'REPORTED',
      nameOriginal: 'Own',
      acronym: 'OWN',
      type: 'SME',
      region: { code: 'XA' },
      place: { slug: 'town' },
      formerNames: ['Formerly'],
      otherNames: [{ name: 'Formerly', kind: 'FORMER', from: '2010' }],
      identifiers: [{ scheme: 'WIKIDATA', value: 'Q2044' }],
      contacts: [{ role: 'press', url: 'https://example.org/press', email: 'press@example.org' }],
      sources: [{ url: 'https://example.org/own' }],
    };
    expect(record).toEqual(after);
    const { record: cleared } = await change(
      { id: own, expectedVersion: 2, acronym: null, contacts: null },
      everything,
    );
    expect(cleared).toEqual({ ...after, version: 3, acronym: null, contacts: [] });
  });

  test('enters no other, and changes none', async () => {
    expect(await outcome(database, () => create({ nameOriginal: 'New' }, 'id', editor()))).toEqual(
      refused('FORBIDDEN'),
    );
    const input = { id: other, expectedVersion: 1, acronym: 'X' };
    expect(await outcome(database, () => change(input))).toEqual(refused('FORBIDDEN'));
  });

  test('is entered by reviewers and admins as a draft, which they open', async () => {
    for (const viewer of [reviewer, admin]) {
      const contacts = [{ role: 'press', text: 'By phone' }];
      const { record } = await create(
        { nameOriginal: `Něw of ${viewer.role}`, contacts, sources: [`https://example.org/${viewer.role}`] },
        'id slug version publicationStatus origin contacts { text } sources { url }',
        viewer,
      );
      expect(record).toMatchObject({
        slug: `new-of-${viewer.role.toLowerCase()}`,
        version: 1,
        publicationStatus: 'DRAFT',
        origin: 'ENTERED',
        contacts: [{ text: 'By phone' }],
        sources: [{ url: `https://example.org/${viewer.role}` }],
      });
      const { record: open } = await send(
        graph,
        viewer,
        'partnerPublish',
        { id: record.id, expectedVersion: 1 },
        'publicationStatus version',
      );
      expect(open).toEqual({ publicationStatus: 'PUBLISHED', version: 2 });
    }
  });
});

describe('nothing is stored of', () => {
  const mistakes: [what: string, input: object, ...mistakes: Mistake[]][] = [
    [
      'a name with markup',
      { nameOriginal: '<b>Bold</b>' },
      ['nameOriginal', 'INVALID', 'It holds markup, `<b>`. Write plain text.'],
    ],
    [
      'a name of 301 characters',
      { nameOriginal: 'x'.repeat(301) },
      ['nameOriginal', 'INVALID', 'It has more than 300 characters. Shorten it.'],
    ],
    [
      'what it names that is not there',
      { nameOriginal: 'A', region: 'XB', place: 'city' },
      ['place', 'NOT_FOUND', "No place has the slug 'city'. Add it first, or correct the reference."],
      ['region', 'NOT_FOUND', "No region has the code 'XB'. Did you mean 'XA'?"],
    ],
    [
      'a name that ended before it began, and a contact without a way',
      {
        nameOriginal: 'A',
        otherNames: [{ name: 'B', kind: 'FORMER', from: '2012', to: '2011' }],
        contacts: [{ role: 'press' }, { role: 'desk', email: 'desk' }],
      },
      ['otherNames.0.to', 'INVALID', 'It lies before `from`. Correct one of them.'],
      ['contacts.0.text', 'INVALID', 'There is no way to make contact. Add text, url or email.'],
      ['contacts.1.email', 'INVALID', 'Write an address such as office@example.org.'],
    ],
    [
      'an identifier of another shape',
      { nameOriginal: 'A', identifiers: [{ scheme: 'PIC', value: '12' }] },
      [
        'identifiers.0.value',
        'INVALID',
        'It has not the shape of its scheme. Write 9 digits for PIC, IT01234567890 for VAT, 05gq02987 for ROR, Q2044 for WIKIDATA.',
      ],
    ],
  ];
  test.each(mistakes)('%s, entered or changed', async (_, input, ...expected) => {
    expect(await outcome(database, () => create(input))).toEqual(mistaken(...expected));
    const expectedVersion = await versionOf(own);
    expect(await outcome(database, () => change({ id: own, expectedVersion, ...input }))).toEqual(
      mistaken(...expected),
    );
  });

  test('a second current name, held against what is stored', async () => {
    const input = { id: own, expectedVersion: await versionOf(own), otherNames: [{ name: 'Other', kind: 'CURRENT' }] };
    expect(await outcome(database, () => change(input))).toEqual(
      mistaken([
        'otherNames.0.kind',
        'INVALID',
        "Two current names: 'Own' and 'Other'. Make one of them FORMER, ALIAS or TRANSLATION.",
      ]),
    );
  });
});

test('a partner is withdrawn with a reason, which others never read, and opened again', async () => {
  const { id } = await aPartner(database, { slug: 'leaving' });
  const step = (verb: string, expectedVersion: number, more = {}) =>
    send(graph, editorOf(id), `partner${verb}`, { id, expectedVersion, ...more }, 'publicationStatus withdrawnReason');
  expect(await outcome(database, () => step('Withdraw', 1))).toEqual(
    mistaken(['note', 'REQUIRED', 'Say why it is withdrawn.']),
  );
  expect(await outcome(database, () => step('Publish', 1))).toEqual(
    mistaken(['publicationStatus', 'IMPOSSIBLE', 'It is PUBLISHED. It can be withdrawn.']),
  );
  const said = { note: 'Merged.', source: 'https://example.org/merged' };
  expect((await step('Withdraw', 1, said)).record).toEqual({
    publicationStatus: 'WITHDRAWN',
    withdrawnReason: 'Merged.',
  });
  expect((await step('Publish', 2)).record).toEqual({ publicationStatus: 'PUBLISHED', withdrawnReason: null });
  expect((await change({ id, expectedVersion: 3, acronym: 'L' }, 'version', editorOf(id))).record.version).toBe(4);
  const history = (viewer?: typeof admin) =>
    graph.run(
      `query ($id: ID!) { partner(id: $id) {
        revisions(orderBy: OLDEST) { nodes { version note noteSource } } } }`,
      { id },
      viewer,
    );
  const nothing = { note: null, noteSource: null };
  const whole = [
    { version: 1, ...nothing },
    { version: 2, note: 'Merged.', noteSource: 'https://example.org/merged' },
    { version: 3, ...nothing },
    { version: 4, ...nothing },
  ];
  for (const viewer of [editorOf(id), reviewer])
    expect((await history(viewer)).data['partner'].revisions.nodes).toEqual(whole);
  const { data } = await history(editorOf(other));
  expect(data['partner'].revisions.nodes).toContainEqual({ version: 4, ...nothing });
  expect(JSON.stringify([data, await history()])).not.toContain('erged');
});

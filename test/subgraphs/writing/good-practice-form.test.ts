import { beforeAll, describe, expect, test } from 'vitest';
import { aDatabase, execute } from '../../support/database.js';
import { aPartner, aPractice, aProgramme, aProject, aRegion, aTheme, draft, link } from '../../support/factories.js';
import { aGraph } from '../../support/graph.js';
import { admin, changedBy, editorOf, reviewer, send } from '../../support/writing.js';

const database = await aDatabase();
const graph = await aGraph(database);
let own = '';
let other = '';
let project = '';
beforeAll(async () => {
  own = (await aPartner(database, { slug: 'own' })).id;
  other = (await aPartner(database, { slug: 'other' })).id;
  await aRegion(database, 'XA');
  await aRegion(database, 'XB');
  await aTheme(database, { slug: 'craft' });
  const programme = await aProgramme(database);
  project = (await aProject(database, { programme_id: programme.id, slug: 'hidden-project', ...draft })).id;
});
const editor = () => editorOf(own, 'acc-own');
const create = (input: object, asked?: string, viewer = editor()) =>
  send(graph, viewer, 'goodPracticeCreate', input, asked);
const update = (input: object, asked?: string, viewer = editor()) =>
  send(graph, viewer, 'goodPracticeUpdate', input, asked);

const figure = (indicator: string, more = {}) => ({ indicator, unit: 'people', achieved: '12', ...more });
const whole = {
  title: 'Craft school',
  summary: 'It teaches crafts.',
  language: 'en',
  regions: ['XA'],
  themes: ['craft'],
  start: '2012-05',
  cost: { amount: '1000', currency: 'EUR', basis: 'one year' },
  sources: ['https://example.org/school', 'https://example.org/more'],
  measurements: [figure('Learners'), figure('Teachers'), figure('Visitors', { source: 'https://example.org/visits' })],
};
const everything = `id slug version publicationStatus workflowStatus title summary startDate startDatePrecision
  cost { amount currency } costBasis owner { id } regions { code } themes { slug } origin
  measurements { achieved indicator { slug unit } sources { url } } sources { url }`;
const minimal = (title: string, more = {}) => ({ title, language: 'en', ...more });
const titled = async (title: string, more = {}) => (await create(minimal(title, more), 'id version slug')).record;

describe('a good practice is entered', () => {
  test('as a draft of its editor, with its figures and sources', async () => {
    const { record, userErrors, errors } = await create(whole, everything);
    expect(errors).toEqual([]);
    expect(userErrors).toEqual([]);
    const from = (...pages: string[]) => pages.map((page) => ({ url: `https://example.org/${page}` }));
    const measured = (slug: string, page: string) => ({
      achieved: '12',
      indicator: { slug, unit: 'people' },
      sources: from(page),
    });
    expect(record).toEqual({
      id: expect.stringMatching(/^gp_/),
      slug: 'craft-school',
      version: 1,
      publicationStatus: 'DRAFT',
      workflowStatus: 'DRAFT',
      title: 'Craft school',
      summary: 'It teaches crafts.',
      startDate: '2012-05-01',
      startDatePrecision: 'MONTH',
      cost: { amount: '1000.00', currency: 'EUR' },
      costBasis: 'one year',
      owner: { id: own },
      regions: [{ code: 'XA' }],
      themes: [{ slug: 'craft' }],
      origin: 'ENTERED',
      measurements: [measured('learners', 'school'), measured('teachers', 'school'), measured('visitors', 'visits')],
      sources: from('school', 'more'),
    });
  });

  test('by twelve statements, those of the transaction and the answer counted', async () => {
    const { statements } = await create({
      ...whole,
      idempotencyKey: 'counted',
      title: 'Counted school',
      measurements: [figure('Pupils'), figure('Masters'), figure('Guests')],
    });
    const beginnings = statements.map((text: string) => text.trim().split(/\s+/).slice(0, 3).join(' '));
    expect(beginnings.map((text: string) => text.replace(/\(.*/, ''))).toEqual([
      'begin',
      'select set_config',
      // The key of the mutation; what the entry names; its indicators; its sources.
      'with old as',
      "select 'GoodPractice' as",
      'select i.id, i.slug,',
      'with made as',
      'insert into "good_practice"',
      'insert into "indicator"',
      'insert into "measurement"',
      // All edges, those of parts to their sources among them.
      'with wanted as',
      'commit',
      // The payload, as the viewer.
      '/* keyed */',
    ]);
  });

  test('under a slug of its own where its title is taken, even by what its editor cannot see', async () => {
    await aPractice(database, { slug: 'secret-school', owner_id: other, ...draft });
    await aPractice(database, { slug: 'known-school', owner_id: other });
    for (const title of ['Secret school', 'Known school', '木工'])
      expect(await titled(title)).toMatchObject({ slug: expect.stringMatching(/^[a-z-]*[0-9a-z]{6,}$/) });
    expect((await create(minimal('Any', { slug: 'known-school' }))).userErrors).toEqual([
      { field: ['slug'], code: 'DUPLICATE', message: "'known-school' is taken. Choose another slug, or leave it out." },
    ]);
    expect((await create(minimal('Any', { slug: 'secret-school' }))).userErrors).toEqual([
      { field: ['slug'], code: 'DUPLICATE', message: 'This slug is taken. Choose another one, or leave it out.' },
    ]);
  });
});

describe('a good practice is changed', () => {
  test('where something is given: what is left out stays, null clears', async () => {
    const { record } = await create({ ...whole, title: 'Changing school' }, everything);
    const { id } = record;
    const { record: renamed, userErrors } = await update(
      { id, expectedVersion: 1, summary: 'New.', start: null },
      everything,
    );
    expect(userErrors).toEqual([]);
    expect(renamed).toEqual({
      ...record,
      version: 2,
      summary: 'New.',
      startDate: null,
      startDatePrecision: null,
    });
    const next = {
      id,
      expectedVersion: 2,
      regions: ['XB'],
      sources: null,
      measurements: [figure('Learners', { achieved: '13' })],
    };
    const { record: again } = await update(next, everything);
    expect(again).toMatchObject({
      version: 3,
      regions: [{ code: 'XB' }],
      themes: [{ slug: 'craft' }],
      sources: [],
      measurements: [{ achieved: '13', indicator: { slug: 'learners' } }],
    });
  });

  test('by nothing, and its version stays', async () => {
    const { record } = await create({ ...whole, title: 'Same school' }, 'id');
    const { title, cost, regions, measurements, start, summary } = { ...whole, title: 'Same school' };
    const changed = await changedBy(database, async () => {
      const input = { id: record.id, expectedVersion: 1, title, cost, regions, measurements, start, summary };
      expect(await update(input)).toMatchObject({ record: { version: 1 }, userErrors: [] });
    });
    expect(changed).toEqual({});
  });

  test('figures keep the page that the practice names first', async () => {
    const { record } = await create({ ...whole, title: 'Paged school', measurements: [] }, 'id');
    const { record: changed } = await update(
      { id: record.id, expectedVersion: 1, measurements: [figure('Pages')] },
      'sources { url } measurements { sources { url } }',
    );
    expect(changed.sources).toHaveLength(2);
    expect(changed.measurements).toEqual([{ sources: [{ url: 'https://example.org/school' }] }]);
  });

  test('though it names what its editor cannot see', async () => {
    const practice = await aPractice(database, {
      owner_id: own,
      identified_in_id: project,
      origin: 'ENTERED',
      workflow_status: 'DRAFT',
      ...draft,
    });
    expect(await update({ id: practice.id, expectedVersion: 1, title: 'Seen' })).toMatchObject({
      record: { version: 2 },
      userErrors: [],
    });
    expect(await execute(database, 'select identified_in_id from good_practice where id = $1', [practice.id])).toEqual([
      { identified_in_id: project },
    ]);
  });

  test('only in the version that its editor has read; else told what others changed', async () => {
    const { id } = await titled('Versions');
    await update({ id, expectedVersion: 1, summary: 'One.', start: '2012' });
    await update({ id, expectedVersion: 2, problem: 'Two.' });
    const changed = await changedBy(database, async () => {
      expect(await update({ id, expectedVersion: 1, title: 'Three' })).toMatchObject({
        record: null,
        userErrors: [
          {
            field: ['expectedVersion'],
            code: 'VERSION_CONFLICT',
            message: 'It has changed since: it is at version 3, not 1. Read it again, then decide.',
          },
        ],
        currentVersion: 3,
        conflictingFields: ['problem', 'startDate', 'summary'],
      });
    });
    expect(changed).toEqual({});
  });

  test('by its owner and by admins, and by nobody else', async () => {
    const { id } = await titled('Guarded');
    await execute(
      database,
      `update good_practice set workflow_status = 'ACCEPTED_BY_PROJECT', publication_status = 'PUBLISHED' where id = $1`,
      [id],
    );
    const input = { id, expectedVersion: 2, title: 'Taken' };
    const changed = await changedBy(database, async () => {
      expect((await update(input, 'id', editorOf(other))).errors).toMatchObject([
        { code: 'FORBIDDEN', message: 'This GoodPractice is not yours to change: another organisation owns it.' },
      ]);
      expect((await update(input, 'id', reviewer)).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    });
    expect(changed).toEqual({});
    expect(await update(input, 'version', admin)).toMatchObject({ record: { version: 3 }, errors: [] });
  });

  test('a draft of others is not there for an editor', async () => {
    const { id } = await titled('Hidden');
    expect((await update({ id, expectedVersion: 1, title: 'X' }, 'id', editorOf(other))).errors).toMatchObject([
      { code: 'NOT_FOUND', message: `No GoodPractice that you may see has the id '${id}'.` },
    ]);
    expect((await update({ id: own, expectedVersion: 1, title: 'X' })).errors).toMatchObject([
      { code: 'BAD_USER_INPUT' },
    ]);
  });

  test('not into one that learnt from itself, by whichever key that is named', async () => {
    const [one, two] = [await titled('One'), await titled('Two')];
    await update({ id: one.id, expectedVersion: 1, inspiredBy: [two.id] });
    expect((await update({ id: two.id, expectedVersion: 1, inspiredBy: [one.id] })).userErrors).toMatchObject([
      { field: ['inspiredBy', '0'], code: 'CYCLE' },
    ]);
    expect((await update({ id: two.id, expectedVersion: 1, inspiredBy: [two.slug] })).userErrors).toMatchObject([
      { code: 'CYCLE' },
    ]);
  });
});

test('what a draft brings in is seen by nobody else, until the first record that names it is open', async () => {
  const { record } = await create(
    { ...whole, title: 'Planted', sources: ['https://example.org/planted'], measurements: [figure('Planted figure')] },
    'id measurements { indicator { name } } sources { url }',
  );
  expect(record).toMatchObject({
    measurements: [{ indicator: { name: 'Planted figure' } }],
    sources: [{ url: 'https://example.org/planted' }],
  });
  const seen = `{ indicators(where: { name: { contains: "Planted" } }) { totalCount }
    sources(first: 100) { nodes { url } } }`;
  const open = async (viewer?: ReturnType<typeof editor>) => {
    const { data } = await graph.run(seen, {}, viewer);
    return [data['indicators'].totalCount, JSON.stringify(data['sources']).includes('planted')];
  };
  expect(await open()).toEqual([0, false]);
  expect(await open(editorOf(other))).toEqual([0, false]);
  expect(await open(editor())).toEqual([1, true]);
  // Somebody else may name the same, and sees that.
  const { record: theirs, userErrors } = await create(
    { ...whole, title: 'Theirs', sources: ['https://example.org/planted'], measurements: [figure('Planted figure')] },
    'id measurements { indicator { name } } sources { url }',
    editorOf(other),
  );
  expect(userErrors).toEqual([]);
  expect(theirs).toMatchObject({
    measurements: [{ indicator: { name: 'Planted figure' } }],
    sources: [{ url: 'https://example.org/planted' }],
  });
  await execute(
    database,
    `update good_practice set workflow_status = 'ACCEPTED_BY_PROJECT', publication_status = 'PUBLISHED' where id = $1`,
    [record.id],
  );
  expect(await open()).toEqual([1, true]);
});

test('links between records that seeds made are left alone', async () => {
  const { id } = await titled('Linked');
  const theme = await aTheme(database, { slug: 'linked' });
  await link(database, 'good_practice_theme', { good_practice_id: id, theme_id: theme.id });
  const { record } = await update({ id, expectedVersion: 2, title: 'Linked still' }, 'themes { slug }');
  expect(record.themes).toEqual([{ slug: 'linked' }]);
});

test('what others report is corrected by admins, and stays reported', async () => {
  const { id } = await aPractice(database, { origin: 'REPORTED', source_url: 'https://example.org/reported' });
  const { record, userErrors } = await update({ id, expectedVersion: 1, summary: 'It is.' }, 'origin summary', admin);
  expect(userErrors).toEqual([]);
  expect(record).toEqual({ origin: 'REPORTED', summary: 'It is.' });
});

test('what an editor of a made-up organisation enters is made up as well', async () => {
  const partner = await aPartner(database, { origin: 'DEMONSTRATION' });
  const { record, userErrors } = await create(minimal('Made up'), 'origin', editorOf(partner.id));
  expect(userErrors).toEqual([]);
  expect(record).toEqual({ origin: 'DEMONSTRATION' });
});

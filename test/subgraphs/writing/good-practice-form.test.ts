import { beforeAll, describe, expect, test } from 'vitest';
import { aDatabase, execute } from '../../support/database.js';
import {
  aPartner,
  aPractice,
  aRegion,
  aTheme,
  anIndicator,
  aMeasurement,
  aProject,
  aProgramme,
  draft,
} from '../../support/factories.js';
import { aGraph } from '../../support/graph.js';
import { admin, changedBy, editorOf, reviewer, send } from '../../support/writing.js';

const database = await aDatabase();
const graph = await aGraph(database);
let own = '';
let other = '';
beforeAll(async () => {
  own = (await aPartner(database, { slug: 'own' })).id;
  other = (await aPartner(database, { slug: 'other' })).id;
  await aRegion(database, 'XA');
  await aRegion(database, 'XB');
  await aTheme(database, { slug: 'craft' });
});
const editor = () => editorOf(own);

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
const asked = `id slug version publicationStatus workflowStatus title summary startDate startDatePrecision
  cost { amount currency } costBasis owner { id } regions { code } themes { slug } origin
  measurements { achieved indicator { slug unit } sources { url } } sources { url }`;

describe('a good practice is entered', () => {
  test('as a draft of its editor, with its figures, by at most twelve statements', async () => {
    const { record, userErrors, errors } = await send(graph, editor(), 'goodPracticeCreate', whole, asked);
    expect(errors).toEqual([]);
    expect(userErrors).toEqual([]);
    expect(record).toMatchObject({
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
      measurements: [
        {
          achieved: '12',
          indicator: { slug: 'learners', unit: 'people' },
          sources: [{ url: 'https://example.org/school' }],
        },
        {
          achieved: '12',
          indicator: { slug: 'teachers', unit: 'people' },
          sources: [{ url: 'https://example.org/school' }],
        },
        {
          achieved: '12',
          indicator: { slug: 'visitors', unit: 'people' },
          sources: [{ url: 'https://example.org/visits' }],
        },
      ],
      sources: [{ url: 'https://example.org/school' }, { url: 'https://example.org/more' }],
    });
    const { statements } = await send(graph, editor(), 'goodPracticeCreate', {
      ...whole,
      idempotencyKey: 'counted',
      title: 'Counted school',
      measurements: [figure('Pupils'), figure('Masters'), figure('Guests')],
    });
    expect(
      statements.map((text: string) => text.trim().split(/\s+/).slice(0, 3).join(' ').replace(/\(.*/, '')),
    ).toEqual([
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
});

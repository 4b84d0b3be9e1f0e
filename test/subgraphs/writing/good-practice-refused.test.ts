import { beforeAll, describe, expect, test } from 'vitest';
import { aDatabase } from '../../support/database.js';
import {
  aMeasurement,
  aPartner,
  aPractice,
  aProgramme,
  aProject,
  aRegion,
  anIndicator,
  draft,
} from '../../support/factories.js';
import { aGraph } from '../../support/graph.js';
import { changedBy, editorOf, send } from '../../support/writing.js';

const database = await aDatabase();
const graph = await aGraph(database);
let own = '';
beforeAll(async () => {
  own = (await aPartner(database, { slug: 'own' })).id;
  const other = (await aPartner(database, { slug: 'other' })).id;
  await aRegion(database, 'XA');
  const programme = await aProgramme(database);
  await aProject(database, { programme_id: programme.id, slug: 'hidden-project', ...draft });
  const indicator = await anIndicator(database, { slug: 'jobs', name: 'Jobs', unit: 'people' });
  const hidden = await aPractice(database, { ...draft, owner_id: other, slug: 'hidden-practice' });
  await aMeasurement(database, { practice_id: hidden.id, indicator_id: indicator.id });
});
const create = (input: object, viewer = editorOf(own)) => send(graph, viewer, 'goodPracticeCreate', input);
const figure = (indicator: string, more = {}) => ({ indicator, unit: 'people', achieved: '12', ...more });
const minimal = (title: string, more = {}) => ({ title, language: 'en', ...more });

describe('nothing is stored of', () => {
  const mistakes: [what: string, input: object, ...errors: [path: string, code: string, message: string][]][] = [
    [
      'a title with markup',
      minimal('A <b>bold</b> one'),
      ['title', 'INVALID', 'It holds markup, `<b>`. Write plain text.'],
    ],
    [
      'a title of 300 characters',
      minimal('x'.repeat(300)),
      ['title', 'INVALID', 'It has more than 100 characters. Shorten it.'],
    ],
    ['a form without a title', { language: 'en' }, ['title', 'REQUIRED', 'It is missing. Add it.']],
    [
      'several mistakes, each told at its place',
      { summary: ' ', start: 'May 2012', measurements: [{ indicator: 'Jobs' }], sources: ['nowhere else'] },
      ['title', 'REQUIRED', 'It is missing. Add it.'],
      ['summary', 'INVALID', 'It is empty. Write it, or leave the field out.'],
      [
        'start',
        'INVALID',
        "'May 2012' is no date. Write it in quotes, as precisely as it is known: '2012', '2012-05' or '2012-05-31'.",
      ],
      ['measurements.0.unit', 'REQUIRED', 'It is missing. Add it.'],
      [
        'sources.0',
        'INVALID',
        'Write the slug of a source in sources.yaml, or the whole address, from http:// or https:// on.',
      ],
      ['language', 'REQUIRED', 'It is missing. Add it.'],
    ],
    [
      'an end before its start',
      minimal('A', { start: '2014', end: '2012' }),
      ['end', 'INVALID', 'It lies before the start. Correct one of them, or give the end as precisely as the start.'],
    ],
    [
      'what it names that is not there, or not to be seen',
      minimal('A', {
        regions: ['XA', 'XC'],
        identifiedIn: 'hidden-project',
        sources: ['https://example.org/a', 'no-source'],
      }),
      [
        'identifiedIn',
        'NOT_FOUND',
        "No project has the slug 'hidden-project'. Add it first, or correct the reference.",
      ],
      ['regions.1', 'NOT_FOUND', "No region has the code 'XC'. Did you mean 'XA'?"],
      ['sources.1', 'NOT_FOUND', "No source has the slug 'no-source'. Add it first, or correct the reference."],
    ],
    [
      'a target on the wrong side of its baseline',
      minimal('A', { measurements: [figure('Waste', { direction: 'DECREASE', baseline: '10', target: '12' })] }),
      [
        'measurements.0.target',
        'INVALID',
        'The figure is to fall, so its target lies below its baseline of 10. Correct one of them.',
      ],
    ],
    [
      'a figure without a value',
      minimal('A', { measurements: [{ indicator: 'Waste', unit: 'tonnes' }] }),
      ['measurements.0.achieved', 'REQUIRED', 'There is no figure. Add achieved, target or baseline.'],
    ],
    [
      'a figure in another unit than others have, whom its editor does not see',
      minimal('A', { measurements: [figure('Jobs', { unit: 'percent' })] }),
      [
        'measurements.0.unit',
        'CONFLICT',
        "'Jobs' is measured in people elsewhere. Use that unit, or give the indicator a name of its own.",
      ],
    ],
    [
      'a practice of another organisation',
      minimal('A', { owner: 'other' }),
      ['owner', 'FORBIDDEN', "You write for 'own' alone. Leave this out, or name that organisation."],
    ],
  ];

  test.each(mistakes)('%s', async (_, input, ...errors) => {
    const changed = await changedBy(database, async () => {
      const told = await create(input);
      expect(told.errors).toEqual([]);
      expect(
        told.userErrors.map(({ field, code, message }: Record<string, string[]>) => [field?.join('.'), code, message]),
      ).toEqual(errors);
      expect(told.record).toBeNull();
    });
    expect(changed).toEqual({});
  });

  test('somebody who is not signed in', async () => {
    const nobody = { role: 'ANONYMOUS', partnerId: null, accountId: null } as const;
    expect(
      await changedBy(database, async () => {
        expect((await create(minimal('A'), nobody as never)).errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
      }),
    ).toEqual({});
  });
});

import { buildSchema, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { examples } from '../../src/http/examples.js';
import { aDatabase } from '../support/database.js';
import { aGraph } from '../support/graph.js';

const graph = await aGraph(await aDatabase('demonstration'));
const seeded = await aGraph(await aDatabase('seeded'));

const real = { origins: ['ENTERED', 'REPORTED'] };
const madeUp = { origins: ['DEMONSTRATION'] };
const figure = (name: string, unit: string) => ({ name: `${name} (demonstration)`, unit });

describe('question 1: practices of Tuscany and its provinces on T2, validated by experts, with figures', () => {
  const question = `query ($origins: [Origin!]) { goodPractices(where: {
    region: { within: "ITI1" }, theme: { within: "innocrafts-t2" }, validation: { in: [EXPERT, LABEL] },
    hasMeasurements: true, origin: { in: $origins } }) {
    totalCount
    nodes {
      title(language: "en") contentLanguage(language: "en") { tag origin } origin owner { name origin } regions { code }
      validation { level by { name } byText }
      measurements { origin indicator { name unit origin } baseline target achieved qualifier } } } }`;

  test('no source tells of one, and the demonstration has four', async () => {
    const { data, errors, statements } = await graph.run(question, madeUp);
    expect(errors).toEqual([]);
    const board = { name: 'Demonstration Craft Board of Tuscany', origin: 'DEMONSTRATION' };
    const house = { name: "Demonstration Makers' House of Siena", origin: 'DEMONSTRATION' };
    const weavers = { level: 'EXPERT', by: { name: "Demonstration Weavers' Workshop of Lyon" }, byText: null };
    const label = { level: 'LABEL', by: null, byText: 'a label that does not exist' };
    const original = { tag: 'en', origin: 'ORIGINAL' };
    const measured = (
      name: string,
      unit: string,
      baseline: string | null,
      target: string | null,
      achieved: string,
    ) => ({
      origin: 'DEMONSTRATION',
      indicator: { ...figure(name, unit), origin: 'DEMONSTRATION' },
      baseline,
      target,
      achieved,
      qualifier: 'EXACT',
    });
    const practice = (title: string, code: string, rest: object) => ({
      title,
      origin: 'DEMONSTRATION',
      regions: [{ code }],
      contentLanguage: original,
      ...rest,
    });
    expect(data['goodPractices']).toEqual({
      totalCount: 4,
      nodes: [
        practice('The school of stone', 'ITI11', {
          contentLanguage: { tag: 'en', origin: 'HUMAN' },
          owner: board,
          validation: label,
          measurements: [
            { ...measured('graduates who work in the craft', 'percent', null, '60', '71'), qualifier: 'ABOUT' },
          ],
        }),
        practice('Loom vouchers for young weavers', 'ITI15', {
          owner: board,
          validation: weavers,
          measurements: [measured('vouchers used', 'vouchers', '0', '30', '22')],
        }),
        practice('Marble dust as a glaze', 'ITI11', {
          owner: board,
          validation: label,
          measurements: [measured('stone dust used again', 'tonnes', '0', null, '12.5')],
        }),
        practice('Open kilns, fired together', 'ITI19', {
          owner: house,
          validation: weavers,
          measurements: [
            measured('firings shared in a year', 'firings', '0', '80', '96'),
            measured('new studios after three years', 'studios', '4', '10', '9'),
          ],
        }),
      ],
    });
    // The paths of region and theme; rows and count; translations; regions by key and by code, measurements, owners and
    // validators, indicators.
    expect(statements).toHaveLength(10);
  });

  test.each([
    ['beside the demonstration', graph],
    ['without it', seeded],
  ])('the true answer is empty, %s', async (_, { run }) => {
    expect((await run(question, real)).data).toEqual({ goodPractices: { totalCount: 0, nodes: [] } });
  });
});

describe('question 2: transfers out of Ireland by destination and status, with the outcomes that reached their target', () => {
  const question = `query ($origins: [Origin!]) { region(code: "IE") {
    transfersOut(orderBy: DESTINATION_ASC, where: { origin: { in: $origins } }) { totalCount nodes {
      destination { code } status origin
      outcomes(targetReached: true) { origin indicator { name unit } baseline target achieved change changePercent } } }
    reached: transfersOut(where: { targetReached: true, origin: { in: $origins } }) { totalCount } } }`;

  test('the demonstration has nine, of which two reached one', async () => {
    const { data, errors, statements } = await graph.run(question, madeUp);
    expect(errors).toEqual([]);
    const transfer = (code: string, status: string, outcomes: object[] = []) => ({
      destination: { code },
      status,
      origin: 'DEMONSTRATION',
      outcomes: outcomes.map((outcome) => ({ ...outcome, origin: 'DEMONSTRATION' })),
    });
    expect(data['region']).toEqual({
      transfersOut: {
        totalCount: 9,
        nodes: [
          transfer('AT22', 'IMPLEMENTED'),
          transfer('BG315', 'PLANNED'),
          transfer('EL43', 'IN_PROGRESS', [
            {
              indicator: figure('days from fleece to shop', 'days'),
              baseline: '90',
              target: '60',
              achieved: '45',
              change: '-45',
              changePercent: '-50.0',
            },
          ]),
          transfer('ES11', 'MAINSTREAMED', [
            {
              indicator: figure('makers advised in a year', 'people'),
              baseline: '40',
              target: '120',
              achieved: '150',
              change: '110',
              changePercent: '275.0',
            },
          ]),
          transfer('FI', 'INTEREST'),
          transfer('FRK26', 'ABANDONED'),
          transfer('ITI19', 'ASSESSED'),
          transfer('RO113', 'ON_HOLD'),
          transfer('SI041', 'NOT_FEASIBLE'),
        ],
      },
      reached: { totalCount: 2 },
    });
    // The region; rows, their count, the count of those that reached; outcomes, destinations, indicators.
    expect(statements).toHaveLength(7);
  });

  test.each([
    ['beside the demonstration', graph],
    ['without it', seeded],
  ])('in truth there are four, of which none was measured, %s', async (_, { run }) => {
    const { data } = await run(question, real);
    const transfer = (code: string, status: string) => ({
      destination: { code },
      status,
      origin: 'REPORTED',
      outcomes: [],
    });
    expect(data['region']).toEqual({
      transfersOut: {
        totalCount: 4,
        nodes: [
          transfer('BG', 'INTEREST'),
          transfer('ES', 'PLANNED'),
          transfer('FI', 'INTEREST'),
          transfer('HU', 'INTEREST'),
        ],
      },
      reached: { totalCount: 0 },
    });
  });
});

describe('question 12: outputs not updated since the last meeting, and open tasks per partner', () => {
  const question = `query ($project: String!) { project(slug: $project) {
    origin
    events(first: 1, orderBy: START_DESC) { nodes { title startDate } }
    outputs(where: { isUpdatedSinceLastEvent: false }) { nodes { title status updatedOn responsible { name } } }
    participations { nodes { partner { name tasks(where: { isOpen: true }) { nodes { title status } } } } } } }`;

  test('the demonstration has three such outputs, and four tasks', async () => {
    const { data, errors, statements } = await graph.run(question, { project: 'demo-maker-skills' });
    expect(errors).toEqual([]);
    const output = (title: string, status: string | null, updatedOn: string | null, name: string) => ({
      title,
      status,
      updatedOn,
      responsible: { name: `Demonstration ${name}` },
    });
    const partner = (name: string, ...tasks: [title: string, status: string][]) => ({
      partner: {
        name: `Demonstration ${name}`,
        tasks: { nodes: tasks.map(([title, status]) => ({ title, status })) },
      },
    });
    expect(data['project']).toEqual({
      origin: 'DEMONSTRATION',
      events: { nodes: [{ title: 'Coordination meeting on skills', startDate: '2025-09-18' }] },
      outputs: {
        nodes: [
          output('Guide to measuring what training changes', 'PLANNED', '2024-04-23', 'University of Cluj'),
          output('Newsletter on skills', null, null, "Makers' House of Siena"),
          output('Training platform for makers', 'IN_DEVELOPMENT', '2025-02-11', 'Repair School of Helsinki'),
        ],
      },
      participations: {
        nodes: [
          partner(
            'Design Desk of Dublin',
            ['Collect photographs from all workshops', 'IN_PROGRESS'],
            ['Write the second progress report', 'OPEN'],
          ),
          partner("Makers' House of Siena"),
          partner('Repair School of Helsinki', ['Test the platform with twelve makers', 'IN_PROGRESS']),
          partner('University of Cluj', ['Agree on indicators of skills', 'OPEN']),
          partner('Fund of Styria'),
        ],
      },
    });
    // The project; events, outputs, participations; the partners of both; tasks.
    expect(statements).toHaveLength(6);
  });

  test.each([
    ['beside the demonstration', graph],
    ['without it', seeded],
  ])(
    'in truth every output of SCALE SME was told of at its only meeting, and no status of a task, %s',
    async (_, { run }) => {
      const { data } = await run(question, { project: 'scale-sme' });
      expect(data['project']).toMatchObject({
        origin: 'REPORTED',
        events: { nodes: [{ startDate: '2021-11-17' }] },
        outputs: { nodes: [] },
      });
      const tasks = (data['project'].participations.nodes as { partner: { tasks: { nodes: object[] } } }[]).flatMap(
        ({ partner }) => partner.tasks.nodes,
      );
      expect(tasks).toEqual([{ title: 'Documentation required for reporting', status: null }]);
    },
  );
});

describe('what is made up can be left out', () => {
  const schema = buildSchema(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'));
  const types = Object.values(schema.getTypeMap());

  test('of every list of records', () => {
    const wheres = types.filter((type) => isInputObjectType(type) && type.name.endsWith('Where'));
    const without = wheres.filter((type) => isInputObjectType(type) && !('origin' in type.getFields()));
    expect(wheres.length).toBeGreaterThan(10);
    // A revision is no record: it is of one.
    expect(without.map(({ name }) => name)).toEqual(['RevisionWhere']);
  });

  test('and every record says that it is', () => {
    const node = schema.getType('Node');
    if (!isInterfaceType(node)) throw new Error('Node is an interface.');
    const records = schema.getPossibleTypes(node).filter((type) => isObjectType(type));
    const without = records.filter((type) => String(type.getFields()['origin']?.type) !== 'Origin!');
    expect(records.length).toBeGreaterThan(20);
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  test('or by what it is not', async () => {
    const { data } = await graph.run(`{
      all: partners { totalCount }
      real: partners(where: { not: { origin: { eq: DEMONSTRATION } } }) { totalCount }
      madeUp: partners(where: { origin: { eq: DEMONSTRATION } }) { totalCount } }`);
    expect(data).toEqual({ all: { totalCount: 41 }, real: { totalCount: 29 }, madeUp: { totalCount: 12 } });
  });

  test.each(examples)('$title is answered as without the demonstration', async ({ query }) => {
    const left = query
      .replace('where: { theme', 'where: { origin: { in: [ENTERED, REPORTED] }, theme')
      .replace('orderBy: REPORTED_DESC', 'orderBy: REPORTED_DESC, where: { origin: { in: [ENTERED, REPORTED] } }');
    const { data, errors } = await graph.run(left);
    expect(errors).toEqual([]);
    expect(data).toEqual((await seeded.run(query)).data);
  });
});

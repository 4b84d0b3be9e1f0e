import { expect, test } from 'vitest';
import { aDatabase } from '../support/database.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase('seeded');
const graph = await aGraph(database);

test('question 1: practices in Tuscany on T2, validated by experts, with figures: no source tells of one', async () => {
  const ask = (validation: string) =>
    graph.run(`{
    goodPractices(where: {
      region: { within: "ITI1" }, theme: { within: "innocrafts-t2" }${validation}, hasMeasurements: true
    }) {
      totalCount
      nodes {
        title
        regions { code name }
        validation { level at opinion by { name } byText }
        measurements { indicator { name unit } baseline target achieved qualifier confidence }
      }
    }
  }`);
  const { data, errors, statements } = await ask(', validation: { in: [EXPERT, LABEL] }');
  expect(errors).toEqual([]);
  expect(data).toEqual({ goodPractices: { totalCount: 0, nodes: [] } });
  // The paths of the region and of the theme, the rows, their count.
  expect(statements).toHaveLength(4);
});

test('question 4: what a region owns and received, with its partners, their projects and the money', async () => {
  const { data, errors, statements } = await graph.run(`{
    region(code: "ITI1") {
      name
      goodPractices { totalCount }
      partners(first: 100) { nodes { name goodPractices(first: 100) { nodes { title } } } }
      transfersIn(first: 100) { nodes { status destination { code } practices { title } } }
    }
    projects(where: { region: { within: "ITI1" } }) {
      nodes { acronym budget { amount currency } euContribution { amount currency } }
    }
  }`);
  expect(errors).toEqual([]);
  const owning = (name: string, ...titles: string[]) => ({
    name,
    goodPractices: { nodes: titles.map((title) => ({ title })) },
  });
  expect(data).toEqual({
    region: {
      name: 'Tuscany',
      goodPractices: { totalCount: 15 },
      partners: {
        nodes: [
          owning(
            'Artex, centre for artistic and traditional crafts of Tuscany',
            'Bottega Scuola',
            'International Charter of Artistic Craftsmanship',
          ),
          owning('Municipality of Florence', 'Contemporaneamente'),
          owning('Municipality of Pietrasanta', 'Network of arts and open-air museum with international artists'),
          owning('National Association of Italian Municipalities – Tuscany', 'TEXMEDIN design challenge'),
        ],
      },
      transfersIn: {
        nodes: [
          { status: 'IMPLEMENTED', destination: { code: 'ITI14' }, practices: [{ title: 'Talleres Abiertos app' }] },
        ],
      },
    },
    projects: {
      nodes: [
        { acronym: 'CRAFTS CODE', budget: null, euContribution: null },
        {
          acronym: 'INNOCRAFTS',
          budget: { amount: '2230494.00', currency: 'EUR' },
          euContribution: { amount: '1741237.30', currency: 'EUR' },
        },
      ],
    },
  });
  // The region; its partners and what they own; the count of practices; transfers, their practices by key and by title;
  // the path of the region and the projects. Events will come on top.
  expect(statements).toHaveLength(10);
});

test('question 11: practices that cost less than 50,000 EUR and ran longer than two years', async () => {
  const { data, errors, statements } = await graph.run(`{
    goodPractices(where: { cost: { lte: "49999.99" }, duration: { gte: "2.01" } }, orderBy: COST_ASC) {
      totalCount
      nodes { title cost { amount currency } costBasis startDate startDatePrecision isOngoing ongoingAsOf ongoingAsOfPrecision }
    }
  }`);
  expect(errors).toEqual([]);
  expect(data).toEqual({
    goodPractices: {
      totalCount: 1,
      nodes: [
        {
          title: 'FUSE',
          cost: { amount: '20000.00', currency: 'EUR' },
          costBasis: 'facilities support funding',
          startDate: '2012-01-01',
          startDatePrecision: 'YEAR',
          isOngoing: true,
          ongoingAsOf: '2014-01-01',
          ongoingAsOfPrecision: 'YEAR',
        },
      ],
    },
  });
  expect(statements).toHaveLength(2);
});

test('INNOCRAFTS says how many of its practices were selected and transferable', async () => {
  const { data } = await graph.run(`{ project(slug: "innocrafts") {
    priority interventionType contextTags coFunded practicesSubmitted practicesSelected practicesTransferable precededBy { id }
    programme { projectsCount partnersCount } } }`);
  expect(data['project']).toEqual({
    priority: '1: Innovation and the knowledge economy, theme Entrepreneurship and SMEs',
    interventionType: 'Regional Initiative Project, without a mini-programme',
    contextTags: ['cities of art', 'UNESCO World Heritage cities'],
    coFunded: true,
    practicesSubmitted: 60,
    practicesSelected: 24,
    practicesTransferable: 10,
    precededBy: null,
    programme: { projectsCount: 204, partnersCount: 2357 },
  });
});

test('a term of the vocabulary has a label a language and other words beside it', async () => {
  const { data } = await graph.run(`{ theme(slug: "craft") {
    en: label it: label(language: "it") el: label(language: "el") origin confidence broader { id }
    alternativeLabels { language labels } } themes(where: { label: { contains: "kunsthandwerk" } }) { nodes { slug } } }`);
  expect(data).toEqual({
    theme: {
      en: 'craft',
      it: 'artigianato',
      el: 'χειροτεχνία',
      origin: 'ENTERED',
      confidence: 'UNCERTAIN',
      broader: null,
      alternativeLabels: [
        { language: 'en', labels: ['handicraft', 'artisan work', 'arts and crafts'] },
        { language: 'fr', labels: ["métiers d'art"] },
        { language: 'de', labels: ['Kunsthandwerk'] },
        { language: 'ro', labels: ['artizanat'] },
        { language: 'lv', labels: ['amats'] },
        { language: 'hr', labels: ['zanat'] },
        { language: 'sl', labels: ['obrt'] },
      ],
    },
    themes: { nodes: [{ slug: 'craft' }] },
  });
});

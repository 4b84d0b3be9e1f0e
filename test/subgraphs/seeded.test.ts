import { expect, test } from 'vitest';
import { aDatabase } from '../support/database.js';
import { aGraph } from '../support/graph.js';

const graph = await aGraph(await aDatabase('seeded'));

test('INNOCRAFTS says how many of its practices were selected and transferable', async () => {
  const { data } = await graph.run(`{ project(slug: "innocrafts") {
    priority interventionType contextTags coFunded practicesSubmitted practicesSelected practicesTransferable precededBy { id }
    programme { projectsCount partnersCount } } }`);
  expect(data['project']).toEqual({
    priority: '1: Innovation and the knowledge economy',
    interventionType: 'Regional Initiative Project',
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

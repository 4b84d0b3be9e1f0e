import { expect, test } from 'vitest';
import { aDatabase } from '../support/database.js';
import { aGraph } from '../support/graph.js';
import { load, writeSeeds } from './tiny-seeds.js';

const practice = `
- slug: open-workshops
  title: Open workshops
  summary: Potters open their workshops to everyone for two days a year.
  regions: [ITI14]
  measurements:
    - { indicator: workshops that took part, unit: workshops, achieved: 24 }
    - { indicator: people who came, unit: people, achieved: 900, qualifier: ABOUT }
  language: en
  source: https://example.org/open-workshops
  confidence: STATED
`.trimStart();

test('ten lines tell a new practice with two measurements, and the graph answers it', async () => {
  expect(practice.trimEnd().split('\n')).toHaveLength(10);
  const database = await aDatabase();
  await load(database, await writeSeeds());
  await load(database, await writeSeeds({ 'practices.yaml': practice }));
  const graph = await aGraph(database);
  const { data, errors } = await graph.run(`{ goodPractice(slug: "open-workshops") {
    title summary regions { code } sources { url }
    measurements { indicator { name unit } achieved qualifier } } }`);
  expect(errors).toEqual([]);
  expect(data['goodPractice']).toEqual({
    title: 'Open workshops',
    summary: 'Potters open their workshops to everyone for two days a year.',
    regions: [{ code: 'ITI14' }],
    sources: [{ url: 'https://example.org/open-workshops' }],
    measurements: [
      { indicator: { name: 'workshops that took part', unit: 'workshops' }, achieved: '24', qualifier: 'EXACT' },
      { indicator: { name: 'people who came', unit: 'people' }, achieved: '900', qualifier: 'ABOUT' },
    ],
  });
});

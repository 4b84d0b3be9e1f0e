import { describe, expect, test } from 'vitest';
import { aDatabase } from '../support/database.js';
import { aGraph } from '../support/graph.js';
import { sentencesOfInnocrafts } from './sentences-innocrafts.js';
import { sentencesOfScaleSme } from './sentences-scale-sme.js';

const graph = await aGraph(await aDatabase('seeded'));

describe.each([
  { page: 'INNOCRAFTS, Barcelona 2012', sentences: sentencesOfInnocrafts },
  { page: 'SCALE SME, 2021', sentences: sentencesOfScaleSme },
])('$page', ({ sentences }) => {
  test.each(sentences)('%s', async (_statement, query, answer) => {
    const { data, errors } = await graph.run(query);
    expect(errors).toEqual([]);
    expect(Object.values(data)).toEqual([answer]);
  });
});

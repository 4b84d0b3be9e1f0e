import { expect, test } from 'vitest';
import { aDatabase } from '../../support/database.js';
import { aPartner, aPractice } from '../../support/factories.js';
import { aGraph } from '../../support/graph.js';
import { admin, editorOf, send } from '../../support/writing.js';

const database = await aDatabase();
const graph = await aGraph(database);

test('what others report is corrected by admins, and stays reported', async () => {
  const { id } = await aPractice(database, { origin: 'REPORTED', source_url: 'https://example.org/reported' });
  const { record, userErrors } = await send(
    graph,
    admin,
    'goodPracticeUpdate',
    { id, expectedVersion: 1, summary: 'It is.' },
    'origin summary',
  );
  expect(userErrors).toEqual([]);
  expect(record).toEqual({ origin: 'REPORTED', summary: 'It is.' });
});

test('what an editor of a made-up organisation enters is made up as well', async () => {
  const partner = await aPartner(database, { origin: 'DEMONSTRATION' });
  const { record, userErrors } = await send(
    graph,
    editorOf(partner.id),
    'goodPracticeCreate',
    { title: 'Made up', language: 'en' },
    'origin',
  );
  expect(userErrors).toEqual([]);
  expect(record).toEqual({ origin: 'DEMONSTRATION' });
});

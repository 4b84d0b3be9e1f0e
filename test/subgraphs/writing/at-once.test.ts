import { expect, test } from 'vitest';
import { aDatabase, execute } from '../../support/database.js';
import { aPartner } from '../../support/factories.js';
import { aGraph } from '../../support/graph.js';
import { mutationsSentAgain, raceOfWriters } from '../../support/writers.js';
import { changedBy, editorOf, send } from '../../support/writing.js';

test('eight who write one number lose nothing', async () => {
  const { stored, expected, late } = await raceOfWriters(20);
  expect(stored).toEqual({ staff: String(expected), version: expected + 1 });
  expect(late).toBeGreaterThan(0);
}, 120_000);

test('what is sent again has one effect and one answer, though clients leave', async () => {
  const { practices, changes, answers, left } = await mutationsSentAgain(100);
  expect({ practices, changes }).toEqual({ practices: 100, changes: 100 });
  expect(answers).toEqual(Array.from({ length: 100 }, () => 1));
  expect(left).toBeGreaterThan(10);
}, 120_000);

const database = await aDatabase();
const graph = await aGraph(database);
const own = editorOf((await aPartner(database, { slug: 'own' })).id);
const other = editorOf((await aPartner(database, { slug: 'other' })).id);
const form = (title: string, idempotencyKey: string) => ({ title, language: 'en', idempotencyKey });

test('a key that comes with another input is refused, at the key; the order of the fields is no other input', async () => {
  const { record } = await send(graph, own, 'goodPracticeCreate', form('First', 'one'));
  const { title, ...rest } = form('First', 'one');
  expect((await send(graph, own, 'goodPracticeCreate', { ...rest, title })).record).toEqual(record);
  const changed = await changedBy(database, async () => {
    expect((await send(graph, own, 'goodPracticeCreate', form('Second', 'one'))).userErrors).toEqual([
      {
        field: ['idempotencyKey'],
        code: 'KEY_REUSED',
        message: 'This key was sent with another input. Make a new one for each thing that you do.',
      },
    ]);
    const step = { id: record.id, expectedVersion: 1, idempotencyKey: 'one' };
    expect((await send(graph, own, 'goodPracticeSubmit', step)).userErrors).toMatchObject([{ code: 'KEY_REUSED' }]);
    expect((await send(graph, own, 'goodPracticeCreate', form('Long', 'x'.repeat(101)))).userErrors).toMatchObject([
      { field: ['idempotencyKey'], code: 'INVALID' },
    ]);
  });
  expect(changed).toEqual({});
});

test('a key is of one account, and one whose mutation failed is free', async () => {
  const { record: mine } = await send(graph, own, 'goodPracticeCreate', form('Mine', 'shared'));
  const { record: theirs } = await send(graph, other, 'goodPracticeCreate', form('Theirs', 'shared'));
  expect(theirs.id).not.toBe(mine.id);
  const failed = await send(graph, own, 'goodPracticeCreate', form('x'.repeat(300), 'again'));
  expect(failed.userErrors).toMatchObject([{ code: 'INVALID' }]);
  expect((await send(graph, own, 'goodPracticeCreate', form('Short', 'again'))).userErrors).toEqual([]);
});

test('a step that is sent again is taken once, though the version is another by then', async () => {
  const { record } = await send(graph, own, 'goodPracticeCreate', form('Stepping', 'step 0'));
  const input = { id: record.id, expectedVersion: 1, summary: 'New.', idempotencyKey: 'step 1' };
  expect((await send(graph, own, 'goodPracticeUpdate', input)).record).toMatchObject({ version: 2 });
  expect((await send(graph, own, 'goodPracticeUpdate', input)).record).toMatchObject({ version: 2 });
});

test('keys are forgotten after a week, by the next that their account sends', async () => {
  await send(graph, own, 'goodPracticeCreate', form('Old', 'old'));
  await execute(database, `update mutation_key set at = now() - interval '8 days' where key = 'old'`);
  await send(graph, own, 'goodPracticeCreate', form('Next', 'next'));
  expect(await execute(database, `select key from mutation_key where key in ('old', 'next')`)).toEqual([
    { key: 'next' },
  ]);
});

test('two mutations of one request follow each other, and the second answer shows both', async () => {
  const { record } = await send(graph, own, 'goodPracticeCreate', form('Twice', 'twice'));
  const { data, errors } = await graph.run(
    `mutation ($id: ID!) {
      one: goodPracticeUpdate(input: { id: $id, expectedVersion: 1, summary: "One." }) {
        goodPractice { version summary owner { goodPractices { nodes { id summary } } } } }
      two: goodPracticeUpdate(input: { id: $id, expectedVersion: 2, problem: "Two." }) {
        goodPractice { version summary problem } } }`,
    { id: record.id },
    own,
  );
  expect(errors).toEqual([]);
  expect(data['one'].goodPractice).toMatchObject({ version: 2, summary: 'One.' });
  expect(data['one'].goodPractice.owner.goodPractices.nodes).toContainEqual({ id: record.id, summary: 'One.' });
  expect(data['two'].goodPractice).toEqual({ version: 3, summary: 'One.', problem: 'Two.' });
});

test('a client who leaves before the commit leaves nothing behind', async () => {
  const stop = new AbortController();
  const changed = await changedBy(database, async () => {
    const write = database.writeAs(own, stop.signal, async (em) => {
      await em
        .getConnection()
        .execute(
          `insert into source (id, slug) values ('src_01h455vb4pex5vsknk084sn02q', 'left')`,
          [],
          'run',
          em.getTransactionContext(),
        );
      stop.abort(new Error('The client has left.'));
    });
    await expect(write).rejects.toThrow('The client has left.');
  });
  expect(changed).toEqual({});
});

import { expect, test } from 'vitest';
import type { Database } from '../../../../../src/database/database.js';
import type { Statement } from '../../../../../src/graph/context.js';
import { postgresqlEngine } from '../../../../../src/subgraphs/discovery/search/postgresql/engine.js';
import { aDatabase } from '../../../../support/database.js';
import { aDocument, inBatches, queryOf, requestOf } from '../documents.js';

const of = (country: string) => ({ facets: { country: [country] } });
const former = [aDocument('Bobbin lace', of('IT')), aDocument('Lace of bobbin makers', of('IT'))];
const later = [aDocument('Clay', of('AT')), aDocument('Bobbin lace of clay', of('AT'))];

/** A database that does something once, before it answers the first statement that holds this text. */
function interrupted(database: Database, text: string, doing: () => Promise<void>): Pick<Database, 'em' | 'readAs'> {
  let isDone = false;
  return {
    em: database.em,
    readAs: (...asked) => {
      const run = database.readAs(...asked);
      return async (query) => {
        const { sql } = query.compile(database.em().getKysely<unknown>());
        if (!isDone && sql.includes(text)) {
          isDone = true;
          await doing();
        }
        return run(query);
      };
    },
  };
}

const statements = [
  ['the words', '"terms"'],
  ['the postings', '"followers"'],
  ['the words side by side', 'strpos'],
  ['what hits show', 'd.shown'],
] as const;

test.each(statements)('an index that is replaced before %s are read is asked anew', async (_, text) => {
  const database = await aDatabase();
  const writer = postgresqlEngine(database);
  await writer.rebuild(inBatches(former));
  const engine = postgresqlEngine(interrupted(database, text, () => writer.rebuild(inBatches(later))));
  const phrase = { ...requestOf('', { facets: [{ name: 'country', limit: 9 }] }) };
  const answer = await engine.search({ ...phrase, query: { ...phrase.query, phrases: [['bobbin', 'lace']] } });
  expect(answer.total).toBe(1);
  expect(answer.hits.map(({ title }) => title)).toEqual(['Bobbin lace of clay']);
  expect(answer.facets.country).toEqual([{ value: 'AT', count: 1 }]);
});

const hat = aDocument('Hut');
const huts = aDocument('Hüte', { language: 'de' });

test.each([
  ['the words', '"terms"', 'Hut', [hat], [huts]],
  ['what a word may have been meant as', '"candidates"', 'tape', [hat], [aDocument('Tape')]],
])(
  'an index that is replaced before %s are read is asked anew, though no hit is shown',
  async (_, text, query, before, after) => {
    const database = await aDatabase();
    const writer = postgresqlEngine(database);
    await writer.rebuild(inBatches(before));
    const engine = postgresqlEngine(interrupted(database, text, () => writer.rebuild(inBatches(after))));
    expect((await engine.search(requestOf(query, { size: 0 }))).total).toBe(1);
  },
);

test('words that follow others are read together with the postings of these, though some were read before', async () => {
  const database = await aDatabase();
  const writer = postgresqlEngine(database);
  await writer.rebuild(inBatches(former));
  const gone = former[0]?.id as string;
  const engine = postgresqlEngine(interrupted(database, '"followers"', () => writer.remove([gone])));
  const bobbin = requestOf('bobbin');
  const answer = await engine.search({ ...bobbin, query: { ...bobbin.query, phrases: [['bobbin', 'makers']] } });
  expect(answer.hits.map(({ title }) => title)).toEqual(['Lace of bobbin makers']);
});

test('a usual search takes two statements: its words with their postings, and what hits show', async () => {
  const database = await aDatabase();
  const told: string[] = [];
  const engine = postgresqlEngine({
    em: database.em,
    readAs: (...asked) => {
      const run = database.readAs(...asked);
      return (query) => {
        told.push(query.compile(database.em().getKysely<unknown>()).sql);
        return run(query);
      };
    },
  });
  // So many have these words that they are no typing errors.
  await engine.rebuild(inBatches(Array.from({ length: 20 }, (_, at) => aDocument(`Bobbin lace ${at}`))));
  const typed = () => requestOf(queryOf('laces bob', { isTyped: true }));
  // What words are reduced to is asked once, and so are the columns.
  await engine.search(typed());
  told.length = 0;
  expect((await engine.search(typed())).total).toBe(20);
  expect(told).toHaveLength(2);
});

test('a hit that goes before it is shown is no hit', async () => {
  const database = await aDatabase();
  const writer = postgresqlEngine(database);
  await writer.rebuild(inBatches(former));
  const gone = former[0]?.id as string;
  const engine = postgresqlEngine(interrupted(database, 'd.shown', () => writer.remove([gone])));
  const answer = await engine.search(requestOf('lace'));
  expect(answer.total).toBe(1);
  expect(answer.hits.map(({ title }) => title)).toEqual(['Lace of bobbin makers']);
});

test('where a hit cannot be shown again and again the others are, as from a replica that lags', async () => {
  const database = await aDatabase();
  const writer = postgresqlEngine(database);
  await writer.rebuild(inBatches(former));
  const unseen = former[0]?.id as string;
  const engine = postgresqlEngine({
    em: database.em,
    readAs: (...asked) => {
      const run = database.readAs(...asked);
      return async <Row>(query: Statement<Row>) => {
        const rows = await run(query);
        return rows.filter((row) => (row as { shown?: { id: string } }).shown?.id !== unseen);
      };
    },
  });
  const answer = await engine.search(requestOf('lace'));
  expect(answer.hits.map(({ title }) => title)).toEqual(['Lace of bobbin makers']);
});

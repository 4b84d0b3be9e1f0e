import { expect, test } from 'vitest';
import type { Database } from '../../../../../src/database/database.js';
import type { Statement } from '../../../../../src/graph/context.js';
import { postgresqlEngine } from '../../../../../src/subgraphs/discovery/search/postgresql/engine.js';
import { aDatabase } from '../../../../support/database.js';
import { aDocument, inBatches, requestOf } from '../documents.js';

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
  ['the postings', 'string_agg'],
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

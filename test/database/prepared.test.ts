import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { keptStatements } from '../../src/database/prepared.js';
import { anonymous } from '../../src/graph/context.js';
import { aDatabase } from '../support/database.js';

const database = await aDatabase();
const read = database.readAs(anonymous);

/** One after the other: all of them on one connection. */
async function ask(numbers: readonly number[]): Promise<number[]> {
  const answers: number[] = [];
  for (const number of numbers) {
    const text = sql.raw(`/* keyed */ select ${number} as n where $1::text is not null`);
    const [row] = await read<{ n: number }>({
      compile: (db) => ({ ...sql<{ n: number }>`${text}`.compile(db), parameters: ['key'] }),
    });
    answers.push(row?.n ?? Number.NaN);
  }
  return answers;
}

const prepared = async () => {
  const rows = await read(sql<{ n: number }>`select substring(statement from 'select (\\d+)')::int as n
    from pg_prepared_statements where name <> '' order by 1`);
  return rows.map(({ n }) => n);
};

test('a connection keeps the statements that it used last, and answers what it has forgotten all the same', async () => {
  const all = Array.from({ length: keptStatements + 20 }, (_, index) => index);
  expect(await ask(all)).toEqual(all);
  expect(await prepared()).toEqual(all.slice(20));
  // One that was used again outlives those that were not.
  expect(await ask([25, ...all.slice(0, 10), 3, 25])).toEqual([25, ...all.slice(0, 10), 3, 25]);
  const kept = await prepared();
  expect(kept).toHaveLength(keptStatements);
  expect(kept.slice(0, 11)).toEqual([...all.slice(0, 10), 25]);
});

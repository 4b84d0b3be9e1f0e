import { afterAll, expect, test } from 'vitest';
import { copyIn, lineOf, type Client } from '../../src/cli/bulk/copy.js';
import { aDatabase } from '../support/database.js';

const database = await aDatabase();
const pool = await database.em().getConnection().getNativeClient();
const client: Client & { release(): void } = await pool.connect();
afterAll(() => client.release());
const sheet = { columns: ['words', 'list', 'tree', 'amount', 'flag'], jsonColumns: new Set(['tree']) };
await client.query('create temporary table copied (words text, list text[], tree jsonb, amount numeric, flag boolean)');

test('rows arrive as they were given, whatever their texts hold', async () => {
  const rows = [
    {
      words: 'tab\t, line\n, return\r, \\, \\N, \\. and Größe – „ß“ 𝄞',
      list: ['a b', '{"x",\\}', 'NULL', ''],
      tree: [{ a: '\t"\\' }],
      amount: '0.1',
      flag: true,
    },
    { words: '', list: [], tree: [], amount: '-5', flag: false },
    { words: null, list: null, tree: { a: null }, amount: null, flag: null },
    { words: '\\N', list: ['\\.\n'], tree: null, amount: '12345678901234567890', flag: true },
  ];
  const lines = Buffer.from(rows.map((row) => lineOf(sheet, row)).join(''));
  await copyIn(client, `copy copied (${sheet.columns.join(', ')}) from stdin`, lines);
  expect((await client.query('select * from copied')).rows).toEqual(rows);
});

test('what PostgreSQL does not take is told, and the connection still works', async () => {
  const refused = copyIn(client, 'copy copied (amount) from stdin', Buffer.from('1\nmany\n'));
  await expect(refused).rejects.toThrow('invalid input syntax for type numeric: "many"');
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

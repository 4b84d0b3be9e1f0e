import { expect, test } from 'vitest';
import { connectionsOf, type ConnectionArguments } from '../../src/graph/connection.js';
import { readInWaves } from '../../src/graph/context.js';
import { writeCursor } from '../../src/graph/cursor.js';
import type { Fields } from '../../src/graph/fields.js';

const fields: Fields = {
  type: 'Thing',
  table: 'thing',
  prefix: 'thg',
  columns: ['id'],
  orders: { AT_ASC: { by: ['t.at'], description: 'By day.' } },
};
const after = writeCursor({ order: 'AT_ASC', values: ['not a day', 'thg_1'] });

/** What a page says when its statement fails so. */
const failing = (error: Error, args: ConnectionArguments) =>
  connectionsOf(
    readInWaves(async () => {
      throw error;
    }),
    fields,
    null,
    async (code) => code,
  )(args).nodes();

const sqlError = (code: string) => Object.assign(new Error(`SQLSTATE ${code}`), { code });

test.each([
  ['the error of the driver', sqlError('22007')],
  ['a fault that names it as its cause', new Error('A value does not fit.', { cause: sqlError('22007') })],
])('a value that fits no column is told of the cursor: %s', async (_name, error) => {
  await expect(failing(error, { after })).rejects.toThrow('This is not a cursor of this list.');
});

test.each([
  ['no cursor was given', sqlError('22003'), {}],
  ['it is a character that no text can hold', new Error('NUL', { cause: sqlError('22021') }), { after }],
  ['it is no fault of a value', sqlError('57014'), { after }],
])('an error is not told of the cursor when %s', async (_name, error, args) => {
  await expect(failing(error, args)).rejects.toBe(error);
});

import { expect } from 'vitest';
import { changedBy } from './writing.js';
import type { TestDatabase } from './database.js';

/** What is wrong with a form: where, of what kind, in which words. */
export type Mistake = [path: string, code: string, message: string];

interface Told {
  userErrors?: { field: string[]; code: string; message: string }[];
  errors: readonly unknown[];
}

/** Asserts that a mutation told exactly these mistakes, and left the database as it was. */
export async function expectMistakes(database: TestDatabase, send: () => Promise<Told>, ...mistakes: Mistake[]) {
  const changed = await changedBy(database, async () => {
    const { errors, userErrors = [] } = await send();
    expect(errors).toEqual([]);
    expect(userErrors.map(({ field, code, message }) => [field.join('.'), code, message])).toEqual(mistakes);
  });
  expect(changed).toEqual({});
}

/** Asserts that a mutation was refused as a whole with this code, and left the database as it was. */
export async function expectRefusal(database: TestDatabase, send: () => Promise<Told>, code: string) {
  const changed = await changedBy(database, async () => {
    expect((await send()).errors).toMatchObject([{ code }]);
  });
  expect(changed).toEqual({});
}

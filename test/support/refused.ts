import { expect } from 'vitest';
import { changedBy } from './writing.js';
import type { TestDatabase } from './database.js';

/** What is wrong with a form: where, of what kind, in which words. */
export type Mistake = [path: string, code: string, message: string];

interface Told {
  userErrors?: { field: string[]; code: string; message: string }[];
  errors: readonly unknown[];
}

interface Outcome {
  mistakes: Mistake[];
  /** The codes of what was refused as a whole. */
  refused: string[];
  /** The tables that hold other than before. */
  changed: Record<string, number>;
}

/** What came of a mutation that was not to be. */
export async function outcome(database: TestDatabase, send: () => Promise<Told>): Promise<Outcome> {
  let told: Told = { errors: [] };
  const changed = await changedBy(database, async () => {
    told = await send();
  });
  const { userErrors = [], errors } = told;
  return {
    mistakes: userErrors.map(({ field, code, message }) => [field.join('.'), code, message]),
    refused: errors.map((error) => (error as { code: string }).code),
    changed,
  };
}

/** These mistakes were told, and nothing was stored. */
export const mistaken = (...mistakes: Mistake[]): Outcome => ({ mistakes, refused: [], changed: {} });

/** It was refused as a whole, and nothing was stored. */
export const refused = (code: string): Outcome => ({ mistakes: [], refused: [code], changed: {} });

/** Asserts that a mutation told exactly these mistakes, and left the database as it was. */
export async function expectMistakes(database: TestDatabase, send: () => Promise<Told>, ...mistakes: Mistake[]) {
  expect(await outcome(database, send)).toEqual(mistaken(...mistakes));
}

/** Asserts that a mutation was refused as a whole with this code, and left the database as it was. */
export async function expectRefusal(database: TestDatabase, send: () => Promise<Told>, code: string) {
  expect(await outcome(database, send)).toEqual(refused(code));
}

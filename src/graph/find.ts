import { BadInput, NotFound } from './errors.js';
import type { Fields } from './fields.js';
import { checkId } from './ids.js';

interface Loader<Row> {
  load(key: string): Promise<Row | null>;
}

/** The arguments that can name one record, each with what the client sent and the loader that finds by it. */
export type Keys<Row> = Record<string, [value: string | null | undefined, loader: Loader<Row>]>;

const words = (type: string): string => type.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();

/**
 * The one record that a singular field's keys name. Throws BAD_USER_INPUT unless exactly one key is given, and
 * NOT_FOUND when it names nothing that the viewer may see.
 */
export async function findBy<Row>(fields: Fields, keys: Keys<Row>): Promise<Row> {
  const given = Object.entries(keys).filter(([, [value]]) => value != null);
  const names = Object.keys(keys)
    .map((name) => `\`${name}\``)
    .join(' or ');
  const [[name, [value, loader]] = ['', [null, null]], second] = given;
  if (value == null || loader === null) throw new BadInput(`Name the ${words(fields.type)} by ${names}.`);
  if (second !== undefined) throw new BadInput(`Name the ${words(fields.type)} by one key only: ${names}.`);
  const row = await loader.load(name === 'id' ? checkId(fields.prefix, fields.type, value) : value);
  if (row === null)
    throw new NotFound(`No ${words(fields.type)} has the ${name} '${value.slice(0, 100)}'. Check how it is written.`);
  return row;
}

/** The record that another subgraph's reference names, by whichever of its keys is there; null when there is none. */
export function byReference<Row>(
  reference: Readonly<Record<string, unknown>>,
  loaders: Record<string, Loader<Row>>,
): Promise<Row | null> | null {
  for (const [key, loader] of Object.entries(loaders)) {
    const value = reference[key];
    if (typeof value === 'string') return loader.load(value);
  }
  return null;
}

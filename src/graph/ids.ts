import { TypeID } from 'typeid-js';
import { v5 as uuidv5 } from 'uuid';
import { BadInput } from './errors.js';

/** Namespace of the UUIDv5 ids that seeds derive from slugs; changing it changes every seeded id. */
const seedNamespace = 'b3a1f2de-6f3c-5b0c-9a58-0f6f4c1f7a10';

const shape = /^([a-z]{2,3})_[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** A new id: `prefix_` and a UUIDv7 in 26 characters of Crockford base32 (the TypeID specification, version 0.3). */
export function newId(prefix: string): string {
  return new TypeID(prefix).toString();
}

/** The id of a seeded record: the same for the same key in every installation (UUIDv5, RFC 9562 §5.5). */
export function seedId(prefix: string, key: string): string {
  return TypeID.fromUUID(prefix, uuidv5(`${prefix}:${key}`, seedNamespace)).toString();
}

/** The prefix of a well-formed id. Throws BAD_USER_INPUT for anything else. */
export function prefixOf(id: string): string {
  const prefix = shape.exec(id)?.[1];
  if (prefix === undefined)
    throw new BadInput(`'${id.slice(0, 60)}' is not an id of this graph. Use an id as a field \`id\` returned it.`);
  return prefix;
}

/** The id itself, once it is known to be one of `prefix`'s. Throws BAD_USER_INPUT otherwise. */
export function checkId(prefix: string, type: string, id: string): string {
  if (prefixOf(id) !== prefix) throw new BadInput(`'${id}' is not the id of a ${type}: those begin with '${prefix}_'.`);
  return id;
}

import { isInterfaceType, isIntrospectionType, isObjectType } from 'graphql';
import type { Decide, Role } from '../graph/decisions.js';
import type { Subgraph } from '../graph/subgraph.js';
import { audiences, table, type Audience } from './decisions.js';

/** Every field that is decided, as `Type.field`, and the roles that may ask for it. */
export const decided: ReadonlyMap<string, readonly Role[]> = new Map(
  Object.entries(table).flatMap(([type, fields]) =>
    (Object.keys(audiences) as Audience[]).flatMap((audience) => {
      const names = (fields[audience] ?? '').split(/\s+/).filter((name) => name !== '');
      return names.map((name) => [`${type}.${name}`, audiences[audience]] as const);
    }),
  ),
);

/** The fields that are not for everyone. */
const restricted = new Map([...decided].filter(([, roles]) => !roles.includes('ANONYMOUS')));

export const whoMayAsk: Decide = (type, field) => restricted.get(`${type}.${field}`);

/** What a role may ask for and not everyone may, as `Type.field`. */
export const rightsOf = (role: Role): string[] =>
  [...restricted]
    .filter(([, roles]) => roles.includes(role))
    .map(([coordinate]) => coordinate)
    .toSorted();

/** The subgraph itself, once it is known that every field of its schema is decided. Throws where one is not. */
export function withDecisions(subgraph: Subgraph): Subgraph {
  const undecided = fieldsOf(subgraph).filter((coordinate) => !decided.has(coordinate));
  if (undecided.length === 0) return subgraph;
  throw new Error(`Nobody has decided who may ask for ${undecided.join(', ')}. Say it in decisions.ts.`);
}

/** Every field of a subgraph's objects and interfaces, as `Type.field`. */
export function fieldsOf({ schema }: Pick<Subgraph, 'schema'>): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    (isObjectType(type) || isInterfaceType(type)) && !isIntrospectionType(type)
      ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
      : [],
  );
}

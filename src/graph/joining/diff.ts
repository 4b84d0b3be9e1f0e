import {
  findBreakingChanges,
  findDangerousChanges,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import type { Said } from './said.js';
import { find, type SubgraphSdl } from './sdl.js';

interface Sides {
  theirs: SubgraphSdl;
  ours: readonly SubgraphSdl[];
}

/** What of the API schema would break, or could surprise. */
export function checkDiff(before: GraphQLSchema, after: GraphQLSchema, { theirs, ours }: Sides): Said[] {
  const said = (level: Said['level'], what: string, description: string, mend: string): Said => {
    const [coordinate = ''] = /\b[A-Z]\w*(\.\w+)?/.exec(description) ?? [];
    const [there, own] = [find([theirs], coordinate), find(ours, coordinate)];
    return {
      level,
      message: `${what}: ${description}`,
      mend,
      ...(there && { theirs: there }),
      ...(own && { ours: own }),
    };
  };
  return [
    ...findBreakingChanges(before, after).map(({ description }) =>
      said('fault', 'It would break the graph', description, 'Leave what is ours as it is.'),
    ),
    ...findDangerousChanges(before, after).map(({ description }) =>
      said('warning', 'It could surprise clients of the graph', description, 'Leave it out unless you need it.'),
    ),
  ];
}

/** What the partner adds to the API: each new type by its name, each new field of ours with its type. */
export function additions(before: GraphQLSchema, after: GraphQLSchema): string[] {
  const known = membersOf(before);
  return [...membersOf(after)].flatMap(([coordinate, type]) => {
    const [owner = ''] = coordinate.split('.');
    const isOfNewType = coordinate !== owner && !known.has(owner);
    if (known.has(coordinate) || isOfNewType) return [];
    return [type === undefined ? coordinate : `${coordinate}: ${type}`];
  });
}

/** Every type, and every field with its type, by its coordinate. */
function membersOf(schema: GraphQLSchema): Map<string, string | undefined> {
  const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));
  return new Map(types.flatMap((type) => [[type.name, undefined], ...fieldsOf(type)]));
}

function fieldsOf(type: GraphQLNamedType): [coordinate: string, type: string][] {
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return [];
  return Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, String(field.type)]);
}

import {
  findBreakingChanges,
  findDangerousChanges,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import type { Said } from './finding.js';
import { find, type SubgraphSdl } from './sdl.js';

interface Sides {
  theirs: SubgraphSdl;
  ours: readonly SubgraphSdl[];
}

/** What of the API schema would break, could surprise, or would be described by somebody else. */
export function checkDiff(before: GraphQLSchema, after: GraphQLSchema, { theirs, ours }: Sides): Said[] {
  const said = (level: Said['level'], message: string, mend: string): Said => {
    const [, coordinate = ''] = /\b([A-Z]\w*(?:\.\w+)?)/.exec(message) ?? [];
    const [there, own] = [find([theirs], coordinate), find(ours, coordinate)];
    return { level, message, mend, ...(there && { theirs: there }), ...(own && { ours: own }) };
  };
  return [
    ...findBreakingChanges(before, after).map(({ description }) =>
      said('fault', `It would break the graph: ${description}`, 'Leave what is ours as it is.'),
    ),
    ...findDangerousChanges(before, after).map(({ description }) =>
      said('warning', `It could surprise clients of the graph: ${description}`, 'Leave it out unless you need it.'),
    ),
    ...described(before, after).map((coordinate) =>
      said('fault', `${coordinate} would be described by you.`, 'Take your description of it out.'),
    ),
  ];
}

/** What is ours and would have another description. */
function described(before: GraphQLSchema, after: GraphQLSchema): string[] {
  const now = new Map(membersOf(after));
  return membersOf(before).flatMap(([coordinate, { description }]) =>
    now.has(coordinate) && now.get(coordinate)?.description !== description ? [coordinate] : [],
  );
}

interface Member {
  description: string | null | undefined;
  /** Its type, for fields. */
  type?: string;
}

function membersOf(schema: GraphQLSchema): [coordinate: string, Member][] {
  return Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .flatMap((type) => [[type.name, { description: type.description }], ...fieldsOf(type)]);
}

function fieldsOf(type: GraphQLNamedType): [string, Member][] {
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return [];
  return Object.values(type.getFields()).map((field) => [
    `${type.name}.${field.name}`,
    { description: field.description, type: String(field.type) },
  ]);
}

/** What the partner adds to the API: each new type by its name, each new field of ours with its type. */
export function additions(before: GraphQLSchema, after: GraphQLSchema): string[] {
  const known = new Set(membersOf(before).map(([coordinate]) => coordinate));
  return membersOf(after).flatMap(([coordinate, { type }]) => {
    const [owner = ''] = coordinate.split('.');
    const isOfNewType = coordinate !== owner && !known.has(owner);
    if (known.has(coordinate) || isOfNewType) return [];
    return [type === undefined ? coordinate : `${coordinate}: ${type}`];
  });
}

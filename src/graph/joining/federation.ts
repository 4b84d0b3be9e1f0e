import { Kind, type ConstDirectiveNode, type ConstValueNode, type DirectiveNode } from 'graphql';
import type { SubgraphSdl, TypeNode } from './sdl.js';

/** How a subgraph uses the federation specification: it may give every directive a name of its own. */
export interface Federation {
  /** Such as `2.9`; undefined where the specification is not linked, which means Federation 1. */
  version: string | undefined;
  link: DirectiveNode | undefined;
  /** The specification's name of a directive, without `@`. */
  nameOf(directive: DirectiveNode): string;
}

const specification = /^https:\/\/specs\.apollo\.dev\/federation\/v(\d+\.\d+)$/;

/** Reads the `@link` to the federation specification, whatever it imports under whatever name. */
export function federationOf({ typeDefs }: SubgraphSdl): Federation {
  const names = new Map<string, string>();
  const found: Pick<Federation, 'version' | 'link'> = { version: undefined, link: undefined };
  for (const definition of typeDefs.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const link of definition.directives ?? []) {
      const [, version] = specification.exec(text(argument(link, 'url')) ?? '') ?? [];
      if (version === undefined) continue;
      Object.assign(found, { version, link });
      names.set(text(argument(link, 'as')) ?? 'federation', '');
      for (const [own, name] of imported(argument(link, 'import'))) names.set(own, name);
    }
  }
  const nameOf = ({ name: { value } }: DirectiveNode) => {
    const [space, rest] = value.split(/__(.*)/);
    return rest !== undefined && names.get(space ?? '') === '' ? rest : (names.get(value) ?? value);
  };
  return { ...found, nameOf };
}

/** What is imported: the subgraph's name and the specification's. */
function imported(value: ConstValueNode | undefined): [own: string, name: string][] {
  const without = (name: string | undefined) => name?.replace(/^@/, '') ?? '';
  if (value?.kind !== Kind.LIST) return [];
  return value.values.map((each) => {
    if (each.kind !== Kind.OBJECT) return [without(text(each)), without(text(each))];
    const of = (name: string) => text(each.fields.find((field) => field.name.value === name)?.value);
    return [without(of('as') ?? of('name')), without(of('name'))];
  });
}

const argument = (directive: DirectiveNode, name: string) =>
  (directive as ConstDirectiveNode).arguments?.find((each) => each.name.value === name)?.value;

const text = (value: ConstValueNode | undefined) => (value?.kind === Kind.STRING ? value.value : undefined);

export interface Key {
  directive: DirectiveNode;
  /** The selection, one blank between its parts. */
  fields: string;
  /** False where the subgraph only names the entity, and cannot be asked for it. */
  isResolvable: boolean;
}

/** The keys that a type declares. */
export const keysOf = (type: TypeNode, { nameOf }: Federation): Key[] =>
  (type.directives ?? [])
    .filter((directive) => nameOf(directive) === 'key')
    .map((directive) => ({
      directive,
      fields: (text(argument(directive, 'fields')) ?? '')
        .trim()
        .split(/[\s,]+/)
        .join(' '),
      isResolvable: !isFalse(argument(directive, 'resolvable')),
    }));

const isFalse = (value: ConstValueNode | undefined) => value?.kind === Kind.BOOLEAN && !value.value;

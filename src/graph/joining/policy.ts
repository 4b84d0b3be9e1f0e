import { Kind, visit, type FieldDefinitionNode, type InputValueDefinitionNode } from 'graphql';
import { federationOf, keysOf, type Federation } from './federation.js';
import { placeOf, type Place, type Said } from './said.js';
import { fieldsOf, find, rootsOf, typesOf, type SubgraphSdl, type TypeNode } from './sdl.js';

/** Directives that no partner may use, and why. */
const refused: Record<string, string> = {
  override: 'it takes a field away from another subgraph',
  provides: 'it answers fields of others in their place',
  interfaceObject: 'it adds fields to every type of an interface at once',
  composeDirective: 'it brings a directive into the graph of all',
  authenticated: 'routers without a licence refuse the whole graph because of it; check the viewer in your resolvers',
  requiresScopes: 'routers without a licence refuse the whole graph because of it; check the viewer in your resolvers',
  policy: 'routers without a licence refuse the whole graph because of it; check the viewer in your resolvers',
  context: 'not every router plans it',
  fromContext: 'not every router plans it',
};

/** All that may stand on our types and fields; on a partner's own types directives are its own affair. */
const allowedOnOurs = new Set(['key', 'external', 'specifiedBy']);

/** What may not stand on a field that is added to our types. */
const refusedOnAdded = new Set(['shareable', 'inaccessible']);

interface Ours {
  sdls: readonly SubgraphSdl[];
  /** The keys of each of our entities, and the subgraph types that make up every type. */
  types: Map<string, { nodes: TypeNode[]; keys: Set<string> }>;
}

function ownership(sdls: readonly SubgraphSdl[]): Ours {
  const types: Ours['types'] = new Map();
  for (const sdl of sdls)
    for (const node of typesOf(sdl)) {
      const known = types.get(node.name.value) ?? { nodes: [], keys: new Set() };
      known.nodes.push(node);
      for (const { fields } of keysOf(node, federationOf(sdl))) known.keys.add(fields);
      types.set(node.name.value, known);
    }
  return { sdls, types };
}

/**
 * What keeps a partner's subgraph from the graph whatever the composers say: it may add types, nullable fields on our
 * entities, and root fields under its own name.
 */
export function checkPolicy(theirs: SubgraphSdl, sdls: readonly SubgraphSdl[]): Said[] {
  const ours = ownership(sdls);
  const federation = federationOf(theirs);
  const roots = rootsOf(theirs);
  const found = refusedDirectives(theirs, federation);
  for (const type of typesOf(theirs)) {
    const root = roots.get(type.name.value);
    if (root) found.push(...rootFaults(type, root, theirs.name, ours), ...changesOurs(type, federation, ours));
    else if (ours.types.has(type.name.value)) found.push(...onOurType(type, federation, ours));
  }
  return found;
}

const said = (message: string, mend: string, theirs?: Place, own?: Place): Said => ({
  level: 'fault',
  message,
  mend,
  ...(theirs && { theirs }),
  ...(own && { ours: own }),
});

function refusedDirectives({ typeDefs }: SubgraphSdl, { nameOf }: Federation): Said[] {
  const found: Said[] = [];
  visit(typeDefs, {
    Directive: (directive) => {
      const reason = refused[nameOf(directive)];
      if (reason)
        found.push(said(`@${nameOf(directive)} is not for partners: ${reason}.`, 'Take it out.', placeOf(directive)));
    },
  });
  return found;
}

/** The name that a partner's root fields begin with. */
export const prefixOf = (subgraph: string) =>
  subgraph.replaceAll(/[_-]+([a-z0-9]|$)/g, (_, letter: string) => letter.toUpperCase());

function rootFaults(type: TypeNode, root: string, subgraph: string, ours: Ours): Said[] {
  if (root === 'Subscription')
    return [said('The graph has no subscriptions.', 'Offer the same as a query.', placeOf(type))];
  const prefix = prefixOf(subgraph);
  return fieldsOf(type).flatMap((field) => {
    const { value: name } = field.name;
    const [own, there] = [find(ours.sdls, `${root}.${name}`), placeOf(field)];
    if (own) return [said(`${root}.${name} is our field.`, `Give yours another name: ${prefix}….`, there, own)];
    const better = `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const isOwn = name === prefix || new RegExp(`^${prefix}[A-Z_0-9]`).test(name);
    return [
      ...(isOwn
        ? []
        : [
            said(
              `${root}.${name} could be anybody's: root fields begin with '${prefix}'.`,
              `Call it ${better}.`,
              there,
            ),
          ]),
      ...nonNull(field as FieldDefinitionNode, root),
    ];
  });
}

/** A field that fails becomes null; where it cannot be, it takes what is around it along. */
function nonNull(field: FieldDefinitionNode, type: string): Said[] {
  if (field.type.kind !== Kind.NON_NULL_TYPE) return [];
  const coordinate = `${type}.${field.name.value}`;
  const mend = 'Take the last `!` out of its type.';
  return [
    said(`${coordinate} is never null: when you are down, our answer would go down with it.`, mend, placeOf(field)),
  ];
}

function onOurType(type: TypeNode, federation: Federation, ours: Ours): Said[] {
  const { value: name } = type.name;
  const { nodes = [], keys = new Set<string>() } = ours.types.get(name) ?? {};
  const isScalar = type.kind === Kind.SCALAR_TYPE_DEFINITION && nodes.every(({ kind }) => kind === type.kind);
  const isObject = type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.OBJECT_TYPE_EXTENSION;
  const changes = changesOurs(type, federation, ours);
  if (isScalar) return changes;
  if (!isObject || keys.size === 0) {
    const mend = `Call yours ${name === name.toUpperCase() ? 'otherwise' : `Your${name}`}: of our types only scalars and those with a key may stand in your SDL.`;
    return [said(`${name} is our type, and no entity to add to.`, mend, placeOf(type), find(ours.sdls, name))];
  }
  return [...changes, ...keyFaults(type, federation, ours), ...fieldFaults(type, federation, ours)];
}

/** Directives on our types and on the fields that are added to them, and descriptions of what we describe. */
function changesOurs(type: TypeNode, { nameOf }: Federation, ours: Ours): Said[] {
  const nodes: { where: string; node: TypeNode | FieldDefinitionNode | InputValueDefinitionNode }[] = [
    { where: type.name.value, node: type },
    ...fieldsOf(type).map((field) => ({ where: `${type.name.value}.${field.name.value}`, node: field })),
  ];
  return nodes.flatMap(({ where, node }) => {
    const own = find(ours.sdls, where);
    const isDescribed = own !== undefined && 'description' in node && node.description !== undefined;
    const described = said(`${where} is ours to describe.`, 'Take your description out.', placeOf(node), own);
    const isChange = (name: string) => (own ? !allowedOnOurs.has(name) : refusedOnAdded.has(name));
    const directives = (node.directives ?? []).flatMap((directive) => {
      if (!isChange(nameOf(directive))) return [];
      const message = `@${nameOf(directive)} on ${where}, which belongs to our type.`;
      const mend = 'Take it out: keys need none, and it would change what is ours for everyone.';
      return [said(message, mend, placeOf(directive), own ?? find(ours.sdls, type.name.value))];
    });
    return isDescribed ? [described, ...directives] : directives;
  });
}

function keyFaults(type: TypeNode, federation: Federation, ours: Ours): Said[] {
  const { value: name } = type.name;
  const known = [...(ours.types.get(name)?.keys ?? [])];
  const own = find(ours.sdls, name);
  const mend = `Write one of ours: ${known.map((key) => `@key(fields: "${key}")`).join(' or ')}.`;
  const keys = keysOf(type, federation);
  const isExtension = type.kind === Kind.OBJECT_TYPE_EXTENSION;
  if (keys.length === 0 && !isExtension)
    return [said(`${name} stands there without its key.`, mend, placeOf(type), own)];
  return keys.flatMap(({ directive, fields }, index) => {
    if (!known.includes(fields)) return [said(`"${fields}" is no key of ${name}.`, mend, placeOf(directive), own)];
    if (index === 0) return [];
    const message = `A second key claims to know every ${name} by both: routers would ask you which belongs to which.`;
    return [said(message, 'Keep one of them.', placeOf(directive), own)];
  });
}

function fieldFaults(type: TypeNode, federation: Federation, ours: Ours): Said[] {
  const { value: name } = type.name;
  const key = new Set(
    keysOf(type, federation)
      .slice(0, 1)
      .flatMap(({ fields }) => fields.split(' ')),
  );
  return fieldsOf(type).flatMap((field) => {
    const isTheirs =
      key.has(field.name.value) || field.directives?.some((each) => federation.nameOf(each) === 'external');
    if (isTheirs) return [];
    const coordinate = `${name}.${field.name.value}`;
    const own = find(ours.sdls, coordinate);
    if (!own) return nonNull(field as FieldDefinitionNode, name);
    const mend = 'Take it out, or give yours another name. Where you only need its value, mark it @external.';
    return [said(`${coordinate} is our field.`, mend, placeOf(field), own)];
  });
}

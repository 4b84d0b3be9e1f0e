import { Kind, visit, type ASTNode, type TypeNode as TypeReference } from 'graphql';
import { federationOf } from '../../graph/joining/federation.js';
import { placeOf, type Said } from '../../graph/joining/said.js';
import { fieldsOf, find, rootsOf, typesOf, type SubgraphSdl } from '../../graph/joining/sdl.js';

const subgraphName = /^[a-z][a-z0-9_-]*$/;

/** The newest federation specification that every composer here knows. */
const newest = { major: 2, minor: 9 } as const;

/** What composers need to know, which keeps the subgraph out, and what readers of the graph miss, which does not. */
export function checkLint(theirs: SubgraphSdl, ours: readonly SubgraphSdl[]): Said[] {
  return [
    ...nameFaults(theirs, ours),
    ...versionFaults(theirs),
    ...mute(theirs, ours),
    ...misnamed(theirs),
    ...tooSure(theirs, ours),
  ];
}

function nameFaults({ name }: SubgraphSdl, ours: readonly SubgraphSdl[]): Said[] {
  const mend = "Call the file as the subgraph is called in the gateway's list, such as craft-workshops.graphql.";
  if (!subgraphName.test(name)) return [{ level: 'fault', message: `'${name}' is no name for a subgraph.`, mend }];
  if (!ours.some((own) => own.name === name)) return [];
  return [{ level: 'fault', message: `${name} is the name of our subgraph.`, mend }];
}

function versionFaults(theirs: SubgraphSdl): Said[] {
  const { version, link } = federationOf(theirs);
  const mend = `Begin with: extend schema @link(url: "https://specs.apollo.dev/federation/v${newest.major}.${newest.minor}", import: ["@key"])`;
  if (version === undefined)
    return [{ level: 'fault', message: 'It does not link the federation specification.', mend }];
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === newest.major && minor <= newest.minor) return [];
  const theirPlace = placeOf(link);
  const message = `It links Federation ${version}; the graph is composed by ${newest.major}.${newest.minor}.`;
  return [{ level: 'fault', message, mend, ...(theirPlace && { theirs: theirPlace }) }];
}

const warning = (message: string, mend: string, node: ASTNode): Said => {
  const theirs = placeOf(node);
  return { level: 'warning', message, mend, ...(theirs && { theirs }) };
};

/** Everything that is new and says nothing. */
function mute(theirs: SubgraphSdl, ours: readonly SubgraphSdl[]): Said[] {
  const found: Said[] = [];
  const roots = rootsOf(theirs);
  for (const type of typesOf(theirs)) {
    const { value: name } = type.name;
    const isNew = find(ours, name) === undefined && !roots.has(name) && !type.kind.endsWith('Extension');
    const look = (where: string, node: ASTNode & { description?: unknown }) => {
      if (!node.description)
        found.push(warning(`${where} has no description.`, 'Say what it is, and what null means.', node));
    };
    if (isNew) look(name, type);
    for (const field of fieldsOf(type)) {
      if (find(ours, `${name}.${field.name.value}`)) continue;
      look(`${name}.${field.name.value}`, field);
      const parameters = 'arguments' in field ? (field.arguments ?? []) : [];
      for (const parameter of parameters) look(`${name}.${field.name.value}(${parameter.name.value})`, parameter);
    }
    for (const value of 'values' in type ? (type.values ?? []) : []) look(`${name}.${value.name.value}`, value);
  }
  return found;
}

function misnamed({ typeDefs }: SubgraphSdl): Said[] {
  const found: Said[] = [];
  const expect = (node: ASTNode & { name: { value: string } }, pattern: RegExp, wanted: string) => {
    const { value } = node.name;
    if (!pattern.test(value) && !value.startsWith('_'))
      found.push(warning(`${value} is not written as names are here.`, `Write it in ${wanted}.`, node));
  };
  visit(typeDefs, {
    enter: (node) => {
      if (node.kind === Kind.FIELD_DEFINITION || node.kind === Kind.INPUT_VALUE_DEFINITION)
        expect(node, /^[a-z][a-zA-Z0-9]*$/, 'camelCase');
      if (node.kind === Kind.ENUM_VALUE_DEFINITION) expect(node, /^[A-Z][A-Z0-9_]*$/, 'CAPITALS');
      if (/Type(Definition|Extension)$/.test(node.kind) && 'name' in node && !node.kind.startsWith('Operation'))
        expect(node as ASTNode & { name: { value: string } }, /^[A-Z][a-zA-Z0-9]*(__\w+)?$|__/, 'PascalCase');
      return node.kind === Kind.DIRECTIVE_DEFINITION ? false : undefined;
    },
  });
  return found;
}

/** Their fields that lead to our records and can never be null, though a record may be withdrawn any day. */
function tooSure(theirs: SubgraphSdl, ours: readonly SubgraphSdl[]): Said[] {
  return typesOf(theirs).flatMap((type) =>
    fieldsOf(type).flatMap((field) => {
      const named = namedIn(field.type);
      const isOurs = !type.kind.startsWith('Input') && find(ours, named) !== undefined && !isScalar(ours, named);
      if (!isOurs || field.type.kind !== Kind.NON_NULL_TYPE) return [];
      const message = `${type.name.value}.${field.name.value} is never null, but a ${named} may be withdrawn or out of reach.`;
      return [warning(message, 'Take the last `!` out of its type.', field)];
    }),
  );
}

const isScalar = (ours: readonly SubgraphSdl[], name: string) =>
  ours.some((sdl) =>
    typesOf(sdl).some((type) => type.name.value === name && type.kind === Kind.SCALAR_TYPE_DEFINITION),
  );

const namedIn = (type: TypeReference): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedIn(type.type));

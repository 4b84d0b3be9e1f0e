import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Role } from '../../src/graph/decisions.js';
import { whoMayAsk } from '../../src/subgraphs/rights.js';
import { nodeOf, type GraphValues } from './graph-values.js';
import { literal, randomFacets, randomWhere, scalars, searched } from './random-where.js';
import { aRandom, type Random } from './random.js';

const madeByFactories = ['practice', 'project', 'partner'];

export interface RandomOperation {
  query: string;
  variables: Record<string, unknown>;
}

export interface RandomOptions {
  schema: GraphQLSchema;
  /** Keys that arguments are taken from. */
  values: GraphValues;
  /** The same seed gives the same operation for the same schema and values. */
  seed: number;
  /** What this one may not ask for is left out. */
  role?: Role;
  /** How many fields lie in each other at most. */
  depth?: number;
  /** How many fields a selection has at most. */
  width?: number;
  /** The largest page that is asked for. */
  page?: number;
  /** How often a list is narrowed by `where`. */
  filters?: number;
}

/** What is another thing from one moment to the next, or from one viewer to the next: it cannot be compared. */
const passing = ['SearchFreshness', 'Viewer'];

/**
 * A valid operation on the graph, as somebody might write it: root fields by their keys and lists by their pages, aliases,
 * variables with and without defaults, fragments named and inline, `@skip` and `@include`, records behind `node`.
 */
export function randomOperation(options: RandomOptions): RandomOperation {
  const { schema, values, seed, role = 'ANONYMOUS', depth = 6, width = 4, page = 6, filters = 0.15 } = options;
  const random = aRandom(seed);
  const writer = new Writer(schema, values, random, { role, width, page, filters });
  const root = schema.getQueryType();
  if (!root) throw new Error('The schema has no queries.');
  const selection = writer.selection(root, depth, true);
  const declared = [...writer.variables].map(([name, { type, fallback }]) => `$${name}: ${type}${fallback}`);
  const head = declared.length > 0 ? `query Random${seed}(${declared.join(', ')})` : `query Random${seed}`;
  const variables = Object.fromEntries(
    [...writer.variables].flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]])),
  );
  return { query: [`${head} ${selection}`, ...writer.fragments].join('\n'), variables };
}

interface Variable {
  type: string;
  fallback: string;
  /** Absent: the default is meant. */
  value?: unknown;
}

class Writer {
  readonly variables = new Map<string, Variable>();
  readonly fragments: string[] = [];
  private aliases = 0;
  /** The type of the records behind the `node` that is being written. */
  private asked = '';

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly values: GraphValues,
    private readonly random: Random,
    private readonly size: { role: Role; width: number; page: number; filters: number },
  ) {}

  /** Each field is named once in a selection, in whichever of its parts, so that no two contradict each other. */
  selection(type: GraphQLNamedType, depth: number, isRoot = false): string {
    if (isAbstractType(type)) return this.abstractSelection(type, depth);
    if (!isObjectType(type)) throw new Error(`${type.name} has no fields.`);
    const fields = this.chosen(type, depth, isRoot).map((field) => this.field(field, depth));
    const { random } = this;
    if (fields.length > 1 && random.chance(0.15)) fields.push(this.fragment(type, fields.splice(0, 1)));
    if (fields.length > 1 && random.chance(0.1)) fields.push(`... on ${type.name} { ${fields.shift()} }`);
    if (random.chance(0.15)) fields.push('__typename');
    return `{ ${fields.join(' ')} }`;
  }

  private chosen(type: GraphQLObjectType, depth: number, isRoot: boolean): GraphQLField<unknown, unknown>[] {
    const { random } = this;
    const all = Object.values(type.getFields()).filter(
      (field) =>
        !passing.includes(getNamedType(field.type).name) &&
        (whoMayAsk(type.name, field.name)?.includes(this.size.role) ?? true),
    );
    const leaves = all.filter((field) => isLeafType(getNamedType(field.type)));
    const objects = all.filter(
      (field) => !leaves.includes(field) && depth > (nodeOf(getNamedType(field.type)) ? 2 : 1) && this.canFill(field),
    );
    if (isRoot) return random.some(objects, random.between(1, 2));
    if (nodeOf(type)) {
      const rows = random.pick(objects.filter(({ name }) => name === 'nodes' || name === 'edges'));
      return [
        rows,
        ...random.some(
          all.filter(
            (field) =>
              field !== rows &&
              objects.includes(field) === (field.name === 'pageInfo') &&
              field.name !== 'nodes' &&
              field.name !== 'edges',
          ),
          1,
        ),
      ];
    }
    const kept = random.some(objects, random.between(0, depth > 2 ? 2 : 1));
    const told = random.some(leaves, random.between(kept.length > 0 ? 0 : 1, this.size.width));
    return told.length + kept.length > 0 ? [...told, ...kept] : random.some(objects, 1);
  }

  private canFill({ args, type }: GraphQLField<unknown, unknown>): boolean {
    const required = args.filter(isRequiredArgument).every(({ name }) => ['id', 'ids', 'prefix'].includes(name));
    return required && (!args.some(({ name }) => name === 'slug') || this.keysOf(getNamedType(type)).length > 0);
  }

  private keysOf({ name }: GraphQLNamedType) {
    return Object.entries(this.values[name] ?? {}).filter(([, keys]) => keys.length > 0);
  }

  /** Fields of different types have names of their own: one name may not mean two things. */
  private abstractSelection(type: GraphQLNamedType, depth: number): string {
    if (!isAbstractType(type)) throw new Error(`${type.name} is one type.`);
    const possible = this.schema.getPossibleTypes(type).filter((each) => each.name in this.values);
    const asked = possible.find((each) => each.name === this.asked);
    const others = possible.filter((each) => each !== asked);
    const parts = [...(asked ? [asked] : []), ...this.random.some(others, 2)].map((each) => {
      const fields = this.chosen(each, Math.min(depth, 3), false).map((field) =>
        this.field(field, Math.min(depth, 3), true),
      );
      return this.random.chance(0.3) ? this.fragment(each, fields) : `... on ${each.name} { ${fields.join(' ')} }`;
    });
    return `{ __typename ${parts.join(' ')} }`;
  }

  private fragment(type: GraphQLObjectType, fields: string[]): string {
    const name = `${type.name}Part${this.fragments.length}`;
    this.fragments.push(`fragment ${name} on ${type.name} { ${fields.join(' ')} }`);
    return `...${name}`;
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number, isAliased = this.random.chance(0.1)): string {
    const named = getNamedType(field.type);
    const name = isAliased && (this.aliases += 1) <= 30 ? `a${this.aliases}_${field.name}: ${field.name}` : field.name;
    // What `node` and `nodes` are asked for is of one type, which is among those that they are asked about.
    this.asked =
      field.args.some((each) => each.name === 'ids') || (field.name === 'node' && field.args.length === 1)
        ? this.random.pick(Object.keys(this.values).filter((type) => this.values[type]?.id?.length))
        : '';
    const given = this.arguments(field);
    const inner = isLeafType(named) ? '' : ` ${this.selection(named, depth - 1)}`;
    return `${name}${given}${this.directive()}${inner}`;
  }

  private directive(): string {
    const { random } = this;
    if (!random.chance(0.05)) return '';
    const [name, kept] = random.pick([
      ['include', true],
      ['skip', false],
    ] as const);
    // What is left out half of the time leaves an object without fields; that is an answer too.
    const isKept = random.chance(0.7);
    return ` @${name}(if: ${this.value('Boolean!', isKept ? kept : !kept, String)})`;
  }

  private arguments(field: GraphQLField<unknown, unknown>): string {
    const given = field.args.flatMap((argument) => {
      const text = this.argument(argument, field);
      return text === undefined ? [] : [`${argument.name}: ${text}`];
    });
    const key = field.args.some(({ name }) => name === 'slug' || name === 'code') ? this.key(field) : [];
    const all = [...given, ...key];
    return all.length > 0 ? `(${all.join(', ')})` : '';
  }

  /** One key of a record that there is. */
  private key({ type, args }: GraphQLField<unknown, unknown>): string[] {
    const { random } = this;
    const [name, keys] = random.pick(
      this.keysOf(getNamedType(type)).filter(([key]) => args.some((each) => each.name === key)),
    );
    const key = random.pick(keys);
    return [`${name}: ${this.value(name === 'id' ? 'ID' : 'String', key, JSON.stringify)}`];
  }

  private argument(argument: GraphQLArgument, { args }: GraphQLField<unknown, unknown>): string | undefined {
    const { random, values } = this;
    const named = getNamedType(argument.type);
    const ids = values[this.asked]?.id ?? [];
    switch (argument.name) {
      case 'first':
        return random.chance(0.8) ? this.value('Int', random.between(1, this.size.page), String) : undefined;
      case 'id':
        return args.length > 1 ? undefined : this.value('ID!', random.pick(ids), JSON.stringify);
      case 'ids':
        return this.value('[ID!]!', random.some(ids, random.between(1, 3)), JSON.stringify);
      case 'query':
        return this.size.filters > 0 && random.chance(0.7)
          ? this.value('String', random.some(searched, random.between(1, 3)).join(' '), JSON.stringify)
          : undefined;
      case 'prefix':
        return this.value('String!', this.prefix(), JSON.stringify);
      case 'facets':
        return random.chance(0.5) ? this.value('[SearchFacetInput!]', randomFacets(named, random), literal) : undefined;
      case 'language':
        return random.chance(0.3)
          ? this.value('LanguageTag', random.pick(scalars['LanguageTag'] ?? []), JSON.stringify)
          : undefined;
      case 'orderBy':
        return isEnumType(named) && random.chance(0.3)
          ? this.value(named.name, random.pick(named.getValues()).name, String)
          : undefined;
      case 'where':
        if (!isInputObjectType(named) || !random.chance(this.size.filters)) return undefined;
        return this.value(named.name, randomWhere(named, values, random), literal);
      default:
        return undefined;
    }
  }

  /** Of something that there is, unless filters are wanted: what finds nothing is one. */
  private prefix(): string {
    const { random } = this;
    const word = random.pick(this.size.filters > 0 ? searched : madeByFactories);
    return word.slice(0, random.between(1, 4));
  }

  /** The value itself, or a variable that holds it, be it by its default. */
  private value<Value>(type: string, value: Value, write: (value: Value) => string): string {
    const { random } = this;
    if (!random.chance(0.25)) return write(value);
    const name = `v${this.variables.size}`;
    const isDefault = random.chance(0.3);
    this.variables.set(name, {
      type,
      fallback: isDefault ? ` = ${write(value)}` : '',
      ...(!isDefault && { value: JSON.parse(JSON.stringify(value)) as unknown }),
    });
    return `$${name}`;
  }
}

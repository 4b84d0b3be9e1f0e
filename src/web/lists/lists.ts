import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  isObjectType,
  parse,
  print,
  validate,
  type DocumentNode,
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Role } from '../../graph/decisions.js';
import type { AskedFilter, Fields } from '../../graph/fields.js';
import { cellsOf, columnsOf, selectionOf, takeLanguage, type Cell, type Column, type May } from './columns.js';

/** A list of the graph that is a file too. */
export interface List {
  /** Its address: `practices` is at `/practices`. */
  name: string;
  filters: Readonly<Record<string, AskedFilter>>;
  where: GraphQLInputObjectType;
  orders: GraphQLEnumType;
  hasLanguage: boolean;
  /** What those of a role get of it. */
  of(role: Role): Told;
}

/** What is asked of the graph for a page of a list, and how it lies in a file. */
export interface Told {
  /** Its variables are `first`, `after`, `where`, `orderBy` and `language`; the page is answered as `page`. */
  document: DocumentNode;
  columns: readonly Column[];
  cells: readonly Cell[];
}

/** Lists whose name in the graph says more than their address. */
const addresses: Readonly<Record<string, string>> = { goodPractices: 'practices' };

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export interface Lists {
  schema: GraphQLSchema;
  declared: readonly Fields[];
  /** Who may ask for which field. */
  may(role: Role): May;
}

/** Every list that the graph begins with, of what is declared: whatever can be narrowed, ordered and asked for page by page. */
export function listsOf({ schema, declared, may }: Lists): List[] {
  const roots = Object.values(schema.getQueryType()?.getFields() ?? {});
  return declared.flatMap((fields) => {
    const type = schema.getType(fields.type);
    const root = roots.find((each) => isRootOf(each, fields.type));
    if (!root || !isObjectType(type)) return [];
    const [where, orders] = ['where', 'orderBy'].map((name) =>
      getNamedType(root.args.find((each) => each.name === name)?.type),
    );
    if (!isInputObjectType(where) || !isEnumType(orders)) return [];
    const { filters = {} } = fields;
    const told = new Map<Role, Told>();
    const of = (role: Role) => {
      const before = told.get(role) ?? toldOf(schema, root.name, type, may(role));
      told.set(role, before);
      return before;
    };
    const hasLanguage = takeLanguage(of('ANONYMOUS').columns);
    return [{ name: addresses[root.name] ?? kebab(root.name), filters, where, orders, hasLanguage, of }];
  });
}

const isRootOf = ({ type, args }: GraphQLField<unknown, unknown>, node: string) =>
  getNamedType(type).name === `${node}Connection` && args.every((each) => !isNonNullType(each.type));

/** Throws where what was made does not fit the schema. */
function toldOf(schema: GraphQLSchema, root: string, type: GraphQLObjectType, may: May): Told {
  const columns = columnsOf(type, may);
  const args = schema.getQueryType()?.getFields()[root]?.args ?? [];
  const given = args.filter(({ name }) => ['first', 'after', 'where', 'orderBy'].includes(name));
  const variables = given.map((each) => `$${each.name}: ${String(each.type)}`);
  if (takeLanguage(columns)) variables.push('$language: LanguageTag');
  const document = parse(`query List_${root}(${variables.join(', ')}) {
    page: ${root}(${given.map(({ name }) => `${name}: $${name}`).join(', ')}) {
      nodes { ${selectionOf(columns)} } pageInfo { endCursor hasNextPage }
    }
  }`);
  const [fault] = validate(schema, document);
  if (fault) throw new Error(`The list ${root} cannot be made a file: ${fault.message}\n${print(document)}`);
  return { document, columns, cells: cellsOf(columns) };
}

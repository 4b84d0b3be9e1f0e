import { ArgsType, Directive, Field, InputType, Int, ObjectType, registerEnumType, type ClassType } from 'type-graphql';
import type { ConnectionArguments } from './connection.js';
import type { Asked, AskedFilter, Fields } from './fields.js';
import { limits } from './limits.js';
import { DateScalar, DecimalScalar } from './scalars.js';

@Directive('@shareable')
@ObjectType('PageInfo', { description: 'Where a page lies in its list (Relay cursor connections).' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether rows follow this page; ask for them with `after: endCursor`.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, {
    description: 'Whether rows precede this page; ask for them with `last` and `before: startCursor`.',
  })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first row; null on an empty page.' })
  startCursor?: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last row; null on an empty page.' })
  endCursor?: string | null;
}

/** Decorates a class as TypeGraphQL's `@Field` would, for classes made from a declaration. */
function addField(target: object, name: string, type: () => unknown, options: object): void {
  Field(type as () => ClassType, options)(target, name);
}

const named = <Class>(name: string, made: Class): Class =>
  Object.defineProperty(made as object, 'name', { value: name }) as Class;

/**
 * The connection and edge types of a record: `<Type>Connection`, `<Type>Edge`. Shareable, as subgraphs that only refer to
 * the record may list it too.
 */
export function connectionType(type: string, node: () => ClassType, plural: string): ClassType {
  const Edge = named(`${type}Edge`, class {});
  addField(Edge.prototype, 'node', node, { description: `The ${type} at this place of the list.` });
  addField(Edge.prototype, 'cursor', () => String, {
    description: 'This place of the list, for `after` and `before`.',
  });
  Directive('@shareable')(Edge);
  ObjectType(`${type}Edge`, { description: `One of the ${plural} in a list, with its place there.` })(Edge);

  const Connection = named(`${type}Connection`, class {});
  addField(Connection.prototype, 'nodes', () => [node()], { description: `The ${plural} of this page.` });
  addField(Connection.prototype, 'edges', () => [Edge], {
    description: `The ${plural} of this page, each with its cursor.`,
  });
  addField(Connection.prototype, 'pageInfo', () => PageInfo, { description: 'Where this page lies in the list.' });
  addField(Connection.prototype, 'totalCount', () => Int, {
    description: `How many ${plural} the whole list has: exact up to 10,000, then 10,000.`,
  });
  addField(Connection.prototype, 'totalCountIsExact', () => Boolean, {
    description: 'False when the list has more than 10,000 rows.',
  });
  Directive('@shareable')(Connection);
  ObjectType(`${type}Connection`, { description: `A page of ${plural}.` })(Connection);
  return Connection;
}

@InputType({ description: 'Matches a slug, a code or a word exactly. What is unknown never matches.' })
class KeyFilter {
  @Field(() => String, { nullable: true, description: 'Equal to this one.' }) eq?: string;
  @Field(() => [String], { nullable: true, description: 'Equal to any of these, at most 100.' }) in?: string[];
}

@InputType({
  description:
    'Matches part of a text, without regard to case and accents: `grosse` finds Größe. Three letters or more are found fast.',
})
class TextFilter {
  @Field(() => String, { nullable: true, description: 'Holds these letters somewhere; % and _ stand for themselves.' })
  contains?: string;
}

@InputType({
  description:
    'Matches records of a hierarchy by their code or slug, which must exist. A record that names none never matches.',
})
class TreeFilter {
  @Field(() => String, { nullable: true, description: 'This one alone.' }) eq?: string;
  @Field(() => [String], { nullable: true, description: 'Any of these alone, at most 100.' }) in?: string[];
  @Field(() => String, { nullable: true, description: 'This one and everything below it.' }) within?: string;
}

@InputType({ description: 'Matches a span of days. An unknown day never matches; `not` finds it.' })
class DateFilter {
  @Field(() => DateScalar, { nullable: true, description: 'On this day or later.' }) gte?: string;
  @Field(() => DateScalar, { nullable: true, description: 'On this day or earlier.' }) lte?: string;
}

@InputType({ description: 'Matches a span of numbers. An unknown number never matches; `not` finds it.' })
class DecimalFilter {
  @Field(() => DecimalScalar, { nullable: true, description: 'As much as this or more.' }) gte?: string;
  @Field(() => DecimalScalar, { nullable: true, description: 'As much as this or less.' }) lte?: string;
}

@InputType({ description: 'Matches whole numbers. An unknown number never matches; `not` finds it.' })
class IntFilter {
  @Field(() => Int, { nullable: true, description: 'Equal to this one.' }) eq?: number;
  @Field(() => [Int], { nullable: true, description: 'Equal to any of these, at most 100.' }) in?: number[];
  @Field(() => Int, { nullable: true, description: 'As much as this or more.' }) gte?: number;
  @Field(() => Int, { nullable: true, description: 'As much as this or less.' }) lte?: number;
}

const inputs = {
  int: IntFilter,
  key: KeyFilter,
  text: TextFilter,
  tree: TreeFilter,
  date: DateFilter,
  decimal: DecimalFilter,
} as const;

const enumFilters = new Map<object, ClassType>();

/** The filter on an enum: `<Enum>Filter { eq in }`, one class per enum however many lists use it. */
function enumFilter(name: string, values: object): ClassType {
  const known = enumFilters.get(values);
  if (known) return known;
  const Made = named(`${name}Filter`, class {});
  addField(Made.prototype, 'eq', () => values, { nullable: true, description: 'Equal to this one.' });
  addField(Made.prototype, 'in', () => [values], { nullable: true, description: 'Equal to any of these.' });
  InputType(`${name}Filter`, {
    description: `Matches values of ${name}. What is unknown never matches; \`not\` finds it.`,
  })(Made);
  enumFilters.set(values, Made);
  return Made;
}

export type Enums = Record<string, object>;

function inputFor(field: AskedFilter, enums: Enums): () => unknown {
  if (field.kind === 'flag') return () => Boolean;
  if (field.enum === undefined) return () => inputs[field.kind as keyof typeof inputs];
  const [[name, values] = []] =
    typeof field.enum === 'string' ? [[field.enum, enums[field.enum]] as const] : Object.entries(field.enum);
  if (name === undefined || values === undefined) throw new Error(`The enum ${name} of a filter is not given.`);
  const made = enumFilter(name, values);
  return () => made;
}

/** `<Type>Where`, made from the declared filters. */
export function whereType(fields: Asked, plural: string, enums: Enums = {}): ClassType {
  const Where = named(`${fields.type}Where`, class {});
  for (const [name, field] of Object.entries(fields.filters ?? {}))
    addField(Where.prototype, name, inputFor(field, enums), { nullable: true, description: field.description });
  addField(Where.prototype, 'and', () => [Where], { nullable: true, description: 'All of these hold.' });
  addField(Where.prototype, 'or', () => [Where], { nullable: true, description: 'At least one of these holds.' });
  addField(Where.prototype, 'not', () => Where, { nullable: true, description: 'This does not hold.' });
  InputType(`${fields.type}Where`, {
    description: `Narrows a list of ${plural}. Conditions side by side must all hold; at most ${limits.where.conditions} of them, ${limits.where.depth} levels deep.`,
  })(Where);
  return Where;
}

/** `<Type>Order`, made from the declared orders; the first one is the default. */
export function orderType(fields: Asked, plural: string): object {
  const orders = fields.orders ?? {};
  const values = Object.fromEntries(Object.keys(orders).map((name) => [name, name]));
  const valuesConfig = Object.fromEntries(
    Object.entries(orders).map(([name, { description }]) => [name, { description }]),
  );
  registerEnumType(values, {
    name: `${fields.type}Order`,
    description: `How a list of ${plural} is ordered.`,
    valuesConfig,
  });
  return values;
}

/** The arguments of a connection over this declaration: page, `where`, `orderBy`. */
export function connectionArguments(
  fields: Fields,
  plural: string,
  enums: Enums = {},
): ClassType<ConnectionArguments & object> {
  const Arguments = named(`${fields.type}Arguments`, class {});
  const page: [string, () => unknown, string][] = [
    ['first', () => Int, 'The size of the page from its start: 20 when no size is given, at most 100.'],
    ['after', () => String, 'The cursor after which the page starts; goes with `first`.'],
    ['last', () => Int, 'The size of the page from its end, at most 100.'],
    ['before', () => String, 'The cursor before which the page ends; goes with `last`.'],
  ];
  for (const [name, type, description] of page)
    addField(Arguments.prototype, name, type, { nullable: true, description });
  if (fields.filters) {
    const Where = whereType(fields, plural, enums);
    addField(Arguments.prototype, 'where', () => Where, {
      nullable: true,
      description: `Only the ${plural} that match.`,
    });
  }
  if (fields.orders) {
    const Order = orderType(fields, plural);
    const initial = Object.keys(fields.orders)[0];
    addField(Arguments.prototype, 'orderBy', () => Order, {
      // Nullable, so that a variable left at null means the default.
      nullable: true,
      defaultValue: initial,
      description: 'The order of the list; ties are ordered by id.',
    });
  }
  ArgsType()(Arguments);
  return Arguments as ClassType<ConnectionArguments & object>;
}

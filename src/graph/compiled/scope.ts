import { collectSubFields } from '@graphql-tools/utils';
import {
  getArgumentValues,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { columnSql, snake, type Fields } from '../fields.js';
import type { Knowledge } from './knowledge.js';
import { NotDeclared } from './part.js';

/** The fields of one selection by their names in the answer, in its order. */
export type Selection = ReadonlyMap<string, readonly FieldNode[]>;

/** One field of a selection. */
export interface Selected {
  /** Its name in the answer. */
  key: string;
  nodes: readonly FieldNode[];
  definition: GraphQLField<unknown, unknown>;
}

/** Beyond so many fields of one object PostgreSQL's functions take no more arguments. */
const widest = 50;

/** What all parts of a statement share. */
export class Scope {
  private rows = 0;

  constructor(
    readonly schema: GraphQLSchema,
    readonly knowledge: Knowledge,
    private readonly fragments: Record<string, FragmentDefinitionNode>,
    /** As coerced. */
    readonly variables: Record<string, unknown>,
  ) {}

  /** What is selected of the objects of a field. */
  below(type: GraphQLObjectType, nodes: readonly FieldNode[]): Selected[] {
    const { fields } = collectSubFields(this.schema, this.fragments, this.variables, type, [...nodes]);
    return this.selected(type, fields);
  }

  selected(type: GraphQLObjectType, fields: Selection): Selected[] {
    if (fields.size > widest || fields.has('__proto__')) throw new NotDeclared('An object of our own making.');
    return Array.from(fields, ([key, nodes]) => {
      const name = nodes[0]?.name.value ?? '';
      const definition = type.getFields()[name] ?? typename;
      if (definition.name !== name) throw new NotDeclared(`${type.name}.${name}`);
      return { key, nodes, definition };
    });
  }

  /** The arguments of a field, as its resolver would get them. */
  arguments({ definition, nodes }: Selected): Record<string, unknown> {
    return getArgumentValues(definition, nodes[0] as FieldNode, this.variables);
  }

  /** Throws where a field gets an argument: what it reads then only its resolver knows. */
  refuseArguments(selected: Selected, but: (argument: string) => boolean = () => false): void {
    const given = this.arguments(selected);
    for (const { name, defaultValue } of selected.definition.args)
      if (given[name] != null && given[name] !== defaultValue && !but(name))
        throw new NotDeclared(`${selected.definition.name}(${name})`);
  }

  /** A row `t` of this declaration, for the parts that are read of it. */
  row(fields: Fields): Row {
    this.rows += 1;
    return new Row(fields, `k${this.rows}`);
  }
}

/** Stands for the field that every type has. */
const typename = { name: '__typename', args: [] } as unknown as GraphQLField<unknown, unknown>;

/** One row `t`: what is read of it, and the keys by which statements inside of its own reach it, where `t` is another. */
export class Row {
  private readonly keys = new Map<string, string>();

  constructor(
    readonly fields: Fields,
    private readonly name: string,
  ) {}

  /** A property of the row as SQL over `t`. */
  read(property: string): string {
    const { columns, computed, derived } = this.fields;
    const text = computed?.[property] ?? derived?.[property];
    if (text !== undefined) return `(${text})`;
    if (!columns.includes(property)) throw new NotDeclared(`${this.fields.type} has no '${property}'.`);
    return columnSql(this.fields, property);
  }

  /** A property as statements inside see it. A reference among them: what it leads to is read as the viewer sees it. */
  key(property: string): string {
    const reference = this.fields.references?.[property.replace(/Id$/, '')];
    const column = reference?.column ?? snake(property);
    this.keys.set(property, reference ? `t."${column}"` : this.read(property));
    return `${this.name}."${property}"`;
  }

  /** What follows `t` in its FROM, once all that is inside has been written. */
  keysSql(): string {
    if (this.keys.size === 0) return '';
    const list = Array.from(this.keys, ([property, text]) => `${text} as "${property}"`);
    return ` cross join lateral (select ${list.join(', ')}) ${this.name}`;
  }
}

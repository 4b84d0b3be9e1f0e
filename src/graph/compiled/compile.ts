import { collectFields } from '@graphql-tools/utils';
import {
  getNamedType,
  GraphQLError,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Knowledge, Source } from './knowledge.js';
import { connection } from './list.js';
import { literal, NotDeclared, NotPlain, type Complete, type Part } from './part.js';
import { record } from './record.js';
import { Scope, type Selected } from './scope.js';

/** A key that a parameter of the statement is bound to. */
export interface Key {
  /** Where it comes from: a variable, or the document itself. */
  from: { variable: string } | { value: unknown };
  /** What an id must begin with; null for other keys. */
  prefix: string | null;
}

/** An operation as one statement, which answers with one row: `answer`, a JSON text. */
export interface Compiled {
  sql: string;
  keys: readonly Key[];
  complete: Complete;
}

export interface Operation {
  schema: GraphQLSchema;
  knowledge: Knowledge;
  document: DocumentNode;
  node: OperationDefinitionNode;
  /** As coerced. What they say beside keys is part of the statement. */
  variables: Record<string, unknown>;
}

/** The statement that answers a query, or null where it asks for more than declarations say. */
export function compile({ schema, knowledge, document, node, variables }: Operation): Compiled | null {
  const query = schema.getQueryType();
  if (!query || node.operation !== 'query') return null;
  const named = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const fragments: Record<string, FragmentDefinitionNode> = Object.fromEntries(
    named.map((each) => [each.name.value, each]),
  );
  const scope = new Scope(schema, knowledge, fragments, variables);
  try {
    const { fields } = collectFields(schema, fragments, variables, query, node.selectionSet);
    const roots = new Roots(scope, query);
    const parts = scope.selected(query, fields).map((selected) => ({ key: selected.key, ...roots.part(selected) }));
    return {
      sql: `/* keyed */ select json_build_object(${parts.map(({ key, sql }) => `${literal(key)}, ${sql}`).join(', ')})::text as answer`,
      keys: roots.keys,
      complete: (value, tally) => {
        const data = value as Record<string, unknown>;
        for (const { key, complete } of parts) if (complete) data[key] = complete(data[key], tally);
        return data;
      },
    };
  } catch (error) {
    // What is wrong with an argument, those tell who execute it.
    if (error instanceof NotDeclared || error instanceof GraphQLError) return null;
    throw error;
  }
}

class Roots {
  readonly keys: Key[] = [];

  constructor(
    private readonly scope: Scope,
    private readonly query: GraphQLObjectType,
  ) {}

  part(selected: Selected): Part {
    const { name } = selected.definition;
    if (name === '__typename') return { sql: `${literal(this.query.name)}::text`, complete: null };
    const source = this.scope.knowledge.source(this.query.name, name);
    if (source?.kind === 'list') return connection(this.scope, null, selected, source, record);
    if (source?.kind === 'find') return this.found(selected, source.by);
    throw new NotDeclared(name);
  }

  private found(selected: Selected, by: Extract<Source, { kind: 'find' }>['by']): Part {
    this.scope.refuseArguments(selected, (argument) => by.has(argument));
    const given = Object.entries(this.scope.arguments(selected)).filter(
      ([argument, value]) => value != null && by.has(argument),
    );
    const [[argument = '', value] = []] = given;
    const lookup = by.get(argument);
    const type = getNamedType(selected.definition.type) as GraphQLObjectType;
    const fields = this.scope.knowledge.fields(type.name);
    if (!lookup || !fields || given.length > 1) throw new NotDeclared(`${type.name} by its keys.`);
    const written = selected.nodes[0]?.arguments?.find((each) => each.name.value === argument)?.value;
    const from = written?.kind === Kind.VARIABLE ? { variable: written.name.value } : { value };
    this.keys.push({ from, prefix: lookup.column === 'id' ? fields.prefix : null });
    const row = this.scope.row(fields);
    const { sql, complete } = record(this.scope, row, type, this.scope.below(type, selected.nodes));
    const condition = [
      `${row.read(lookup.column)} = $${this.keys.length}::text`,
      ...(lookup.where ? [lookup.where] : []),
    ];
    return {
      sql: `(select ${sql} from ${fields.table} t${row.keysSql()} where ${condition.join(' and ')})`,
      complete: (found, tally) => {
        // That there is none is an error, and those who execute it word it.
        if (found === null) throw new NotPlain();
        return (complete as Complete)(found, tally);
      },
    };
  }
}

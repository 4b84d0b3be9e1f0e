import { getNamedType, type GraphQLObjectType } from 'graphql';
import { orderOf, sliceOf, type ConnectionArguments, type Slice } from '../connection.js';
import { writeCursor } from '../cursor.js';
import { limits } from '../limits.js';
import type { Source } from './knowledge.js';
import { NotDeclared, type Complete, type Part, type Tally } from './part.js';
import type { Row, Scope, Selected } from './scope.js';

type List = Extract<Source, { kind: 'list' }>;
type WriteRecord = (scope: Scope, row: Row, type: GraphQLObjectType, selection: readonly Selected[]) => Part;

/** A page as it comes: of each row the records that are asked for, and its place; and the length of the list. */
interface Page {
  rows: unknown[][];
  more: boolean;
  count: number;
}

/** What is answered of a page under one name. */
type Answer = (page: Page, tally: Tally) => unknown;

/** A connection below `row`, or the root list where that is null. */
export function connection(scope: Scope, row: Row | null, selected: Selected, list: List, write: WriteRecord): Part {
  const { fields } = list;
  const args = scope.arguments(selected) as ConnectionArguments;
  refuseOthers(selected, args);
  const slice = sliceOf(args);
  const { name: order, by, descending } = orderOf(fields, args.orderBy);
  const type = getNamedType(selected.definition.type) as GraphQLObjectType;
  const page = new PageWriter(scope, scope.row(fields), write, { slice, order });
  const answers = scope.below(type, selected.nodes).map((each) => ({ key: each.key, answer: page.answer(type, each) }));
  const condition = conditionOf(list, row);
  const direction = descending === slice.backwards ? 'asc' : 'desc';
  const ordered = by.map((text) => `${text} ${direction}`).join(', ');
  return {
    sql: `json_build_array(${page.rowsSql(condition, ordered, by)}, ${page.countSql(condition)})`,
    complete: (value, tally) => {
      const [rows, count] = value as [unknown[][], number];
      const cut = rows.slice(0, slice.size);
      const given = { rows: slice.backwards ? cut.toReversed() : cut, more: rows.length > slice.size, count };
      return Object.fromEntries(answers.map((each) => [each.key, each.answer(given, tally)]));
    },
  };
}

/** A filter or a place in the list makes a statement whose best plan depends on their values. */
function refuseOthers({ definition }: Selected, { where, after, before }: ConnectionArguments): void {
  if (after != null || before != null || Object.keys(where ?? {}).length > 0)
    throw new NotDeclared(`${definition.name} with a filter or a cursor.`);
}

function conditionOf({ fields, parent, key }: List, row: Row | null): string {
  if (parent === null) return ['true', ...Object.values(fields.defaults ?? {})].join(' and ');
  const condition = fields.parents?.[parent];
  if (condition === undefined || row === null) throw new NotDeclared(`${fields.type} has no parent '${parent}'.`);
  return condition.replaceAll('{key}', row.key(key));
}

/** Collects what is asked of the rows of one page. */
class PageWriter {
  private readonly records: Part[] = [];
  private hasRows = false;
  private hasPlaces = false;
  private hasCount = false;
  private isMoreAsked = false;

  constructor(
    private readonly scope: Scope,
    private readonly row: Row,
    private readonly write: WriteRecord,
    private readonly list: { slice: Slice; order: string },
  ) {}

  answer(type: GraphQLObjectType, selected: Selected): Answer {
    const { name } = selected.definition;
    if (name === '__typename') return () => type.name;
    if (name.startsWith('total')) this.hasCount = true;
    else this.hasRows = true;
    if (name === 'nodes') return counted(this.nodes(selected));
    if (name === 'edges') return counted(this.edges(selected));
    if (name === 'pageInfo') return this.pageInfo(selected);
    if (name === 'totalCount') return ({ count }) => Math.min(count, limits.exactCount);
    if (name === 'totalCountIsExact') return ({ count }) => count <= limits.exactCount;
    throw new NotDeclared(`${type.name}.${name}`);
  }

  private nodes({ definition, nodes }: Selected): (cells: unknown[], tally: Tally) => unknown {
    const type = getNamedType(definition.type) as GraphQLObjectType;
    const index = this.records.length;
    const part = this.write(this.scope, this.row, type, this.scope.below(type, nodes));
    this.records.push(part);
    return (cells, tally) => (part.complete as Complete)(cells[index], tally);
  }

  private edges({ definition, nodes }: Selected): (cells: unknown[], tally: Tally) => unknown {
    const type = getNamedType(definition.type) as GraphQLObjectType;
    const steps = this.scope.below(type, nodes).map((each) => {
      const { name } = each.definition;
      if (name === '__typename') return { key: each.key, of: () => type.name };
      if (name === 'node') return { key: each.key, of: this.nodes(each) };
      if (name !== 'cursor') throw new NotDeclared(`${type.name}.${name}`);
      this.hasPlaces = true;
      return { key: each.key, of: (cells: unknown[]) => this.cursor(cells) };
    });
    return (cells, tally) => Object.fromEntries(steps.map(({ key, of }) => [key, of(cells, tally)]));
  }

  private pageInfo({ definition, nodes }: Selected): Answer {
    const type = getNamedType(definition.type) as GraphQLObjectType;
    const { backwards } = this.list.slice;
    this.hasPlaces = true;
    this.isMoreAsked = true;
    const cursorAt = (cells: unknown[] | undefined) => cells && this.cursor(cells);
    const of: Record<string, Answer> = {
      __typename: () => type.name,
      hasNextPage: ({ more }) => !backwards && more,
      hasPreviousPage: ({ more }) => backwards && more,
      startCursor: ({ rows }) => cursorAt(rows.at(0)) ?? null,
      endCursor: ({ rows }) => cursorAt(rows.at(-1)) ?? null,
    };
    const steps = this.scope.below(type, nodes).map(({ key, definition: { name } }) => {
      const answer = of[name];
      if (!answer) throw new NotDeclared(`${type.name}.${name}`);
      return { key, answer };
    });
    return (page, tally) => Object.fromEntries(steps.map(({ key, answer }) => [key, answer(page, tally)]));
  }

  private cursor(cells: unknown[]): string {
    return writeCursor({ order: this.list.order, values: cells.at(-1) as string[] });
  }

  /** The rows of the page as arrays of cells, once everything has been asked of it. */
  rowsSql(condition: string, order: string, by: readonly string[]): string {
    if (!this.hasRows) return `'[]'::json`;
    const place = this.hasPlaces ? [`json_build_array(${by.map((text) => `(${text})::text`).join(', ')})`] : [];
    const cells = [...this.records.map(({ sql }) => sql), ...place].join(', ');
    const { size } = this.list.slice;
    const { readable } = this.row.fields;
    const columns = readable?.map((column) => `t.${column}`).join(', ') ?? 't.*';
    const page = `select ${columns} from ${this.row.fields.table} t where ${condition} order by ${order} limit ${this.isMoreAsked ? size + 1 : size}`;
    return `(select coalesce(json_agg(x.o), '[]') from (select json_build_array(${cells}) as o from (${page}) t${this.row.keysSql()}) x)`;
  }

  countSql(condition: string): string {
    if (!this.hasCount) return 'null';
    return `(select count(*) from (select from ${this.row.fields.table} t where ${condition} limit ${limits.exactCount + 1}) c)`;
  }
}

/** A list of the page's rows, each as `item` makes it. */
function counted(item: (cells: unknown[], tally: Tally) => unknown): Answer {
  return ({ rows }, tally) => {
    tally.items += rows.length;
    return rows.map((cells) => item(cells, tally));
  };
}

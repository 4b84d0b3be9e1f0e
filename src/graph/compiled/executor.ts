import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type DocumentNode,
  type ExecutionResult,
  type OperationDefinitionNode,
} from 'graphql';
import { CompiledQuery } from 'kysely';
import type { Read } from '../context.js';
import { tooDeep, type GraphExecutor, type GraphOperation } from '../executor.js';
import { prefixOf } from '../ids.js';
import { limits } from '../limits.js';
import { compile, type Compiled } from './compile.js';
import type { Knowledge } from './knowledge.js';
import { NotPlain, type Tally } from './part.js';
import { longest } from './record.js';
import { filterVariables, keyVariables } from './variants.js';

/** So many shapes of one operation are compiled: pages of other sizes, other orders, fields left out; told in so many letters. */
const variants = { most: 32, letters: 500 };

/** One operation of a document, and the statements that were made of it by what its variables say beside keys. */
interface Known {
  keys: ReadonlySet<string>;
  filters: ReadonlySet<string>;
  compiled: Map<string, Compiled | null>;
}

/**
 * Answers operations that ask for nothing but declared data by one statement, which is made once, and leaves all others to
 * `fused`; so too what has no plain answer: a key that names nothing, a failing statement, a request that is stopped.
 */
export function compiledExecutor(fused: GraphExecutor, knowledge: Knowledge): GraphExecutor {
  const { schema } = fused;
  const known = new WeakMap<OperationDefinitionNode, Known | null>();

  function knownOf(document: DocumentNode, node: OperationDefinitionNode): Known | null {
    const before = known.get(node);
    if (before !== undefined) return before;
    const filters = node.operation === 'query' ? filterVariables(document) : null;
    const made = filters && {
      keys: keyVariables(knowledge, document, node),
      filters,
      compiled: new Map<string, null>(),
    };
    known.set(node, made);
    return made;
  }

  function statementOf(
    { keys, compiled }: Known,
    document: DocumentNode,
    node: OperationDefinitionNode,
    variables: Record<string, unknown>,
  ): Compiled | null {
    const shape = JSON.stringify(
      Object.entries(variables).map(([name, value]) => [name, keys.has(name) ? value == null : value]),
    );
    const before = compiled.get(shape);
    if (before !== undefined) return before;
    if (compiled.size >= variants.most || shape.length > variants.letters) return null;
    const made = compile({ schema, knowledge, document, node, variables });
    compiled.set(shape, made);
    return made;
  }

  async function answer({ document, operationName, variables, context }: GraphOperation): Promise<object | null> {
    const node = getOperationAST(document, operationName);
    const operation = node && knownOf(document, node);
    if (!node || !operation || !context.read || context.stop?.signal.aborted || tooDeep(variables)) return null;
    // What is narrowed is not kept: nobody need coerce it for that.
    if ([...operation.filters].some((name) => variables?.[name] != null)) return null;
    const { coerced } = getVariableValues(schema, node.variableDefinitions ?? [], { ...variables });
    const isOpen = coerced && [...operation.filters].every((name) => coerced[name] == null);
    const statement = isOpen ? statementOf(operation, document, node, coerced) : null;
    return statement && run(statement, coerced ?? {}, context.read);
  }

  return {
    schema,
    execute: async (operation): Promise<ExecutionResult> => {
      const data = await answer(operation);
      return data ? { data: data as Record<string, unknown> } : fused.execute(operation);
    },
  };
}

/** The data, or null where it has no plain answer. */
async function run(
  { sql, keys, complete }: Compiled,
  variables: Record<string, unknown>,
  read: Read,
): Promise<object | null> {
  const parameters: unknown[] = [];
  for (const { from, prefix } of keys) {
    const key = 'variable' in from ? variables[from.variable] : from.value;
    if (prefix !== null && !hasPrefix(String(key), prefix)) return null;
    parameters.push(key);
  }
  // A new query each time: a cancel must not hit the next one.
  const statement = { compile: () => CompiledQuery.raw(sql, parameters) as CompiledQuery<{ answer: string }> };
  const [row] = await read(statement).catch(() => []);
  if (!row) return null;
  const tally: Tally = { rows: 0, items: 0, longest: 0 };
  try {
    const data = complete(JSON.parse(row.answer), tally) as object;
    const isWhole = tally.longest <= longest && tally.rows <= limits.rows && tally.items <= limits.rows;
    if (!isWhole) return null;
    read.held(tally.rows);
    return read.answers(tally.items) ? data : null;
  } catch (error) {
    if (error instanceof NotPlain || error instanceof GraphQLError) return null;
    throw error;
  }
}

function hasPrefix(id: string, prefix: string): boolean {
  try {
    return prefixOf(id) === prefix;
  } catch {
    return false;
  }
}

import {
  getVariableValues,
  GraphQLError,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  specifiedRules,
  typeFromAST,
  validate,
  type ASTVisitor,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type TypeNode,
  type ValidationContext,
} from 'graphql';
import { decisions, type Decide, type Role } from './decisions.js';
import { Refusal } from './errors.js';
import { tooDeep } from './executor.js';
import { limits } from './limits.js';
import type { Price, Pricer, Variables } from './price.js';
import { structureFault } from './structure.js';

/** What a request may cost, and does. */
export interface Cost {
  requested: number;
  maximum: number;
}

/** What stands against an operation: nothing, and what it costs; or why it is not executed, and what it would have cost. */
export interface Verdict {
  errors: readonly GraphQLError[];
  cost?: Cost;
}

export interface AdmissionOptions {
  schema: GraphQLSchema;
  price: Pricer;
  /** Who may ask for which field. */
  decide: Decide;
  /** Rules beside those of the specification. */
  rules?: readonly ((context: ValidationContext) => ASTVisitor)[];
}

export interface Request {
  document: DocumentNode;
  /** The one that is asked for; without one only the document is judged. */
  operation: OperationDefinitionNode | undefined;
  variables: Variables;
  maximum: number;
  /** Of who asks. */
  role: Role;
}

/**
 * Judges operations before they are executed, the cheapest questions first: structure, validity, who asks, variables, price.
 * What is said of a document is kept as long as the document.
 */
export function admission({ schema, price, decide, rules = [] }: AdmissionOptions): (request: Request) => Verdict {
  const faults = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  const prices = new WeakMap<OperationDefinitionNode, Map<string, Price>>();
  const refusals = decisions(schema, decide);

  function faultsOf(document: DocumentNode): readonly GraphQLError[] {
    const before = faults.get(document);
    if (before) return before;
    const structure = structureFault(document);
    const found = structure ? [structure] : validateInTime(schema, document, rules);
    faults.set(document, found);
    return found;
  }

  function priceOf({ document, operation, variables }: Request & { operation: OperationDefinitionNode }): Price {
    const known = prices.get(operation) ?? new Map<string, Price>();
    prices.set(operation, known);
    const key = priceKey(schema, operation, variables);
    const before = key === null ? undefined : known.get(key);
    if (before) return before;
    // The other operations of the document are not asked for.
    const definitions = document.definitions.filter(
      (each) => each.kind === Kind.FRAGMENT_DEFINITION || each === operation,
    );
    const made = price({ ...document, definitions }, variables);
    if (key !== null && known.size < keptPrices) known.set(key, made);
    return made;
  }

  return (request) => {
    const { document, operation, variables, maximum, role } = request;
    const errors = faultsOf(document);
    if (errors.length > 0 || !operation) return { errors };
    const refused = refusals(document, operation, role);
    if (refused.length > 0) return { errors: refused };
    const inputs = tooDeep(variables) ?? inputFaults(schema, operation, variables);
    if (inputs) return { errors: [inputs].flat() };
    try {
      const { cost, dearest } = priceOf({ ...request, operation });
      const verdict = { requested: cost, maximum };
      return { errors: cost > maximum ? [tooDear(verdict, dearest)] : [], cost: verdict };
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [coded('BAD_USER_INPUT', error)] };
      throw error;
    }
  };
}

/** So many prices of one operation are kept. */
const keptPrices = 32;

/** Of more than so many letters a price is not kept. */
const longestKey = 500;

/** What the price of an operation depends on beside its document, as its variables tell it; null where that is not known. */
function priceKey(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
): string | null {
  const key = joined(
    variableDefinitions.map(({ variable, type, defaultValue }) => {
      const value = variables?.[variable.name.value];
      return value === undefined && defaultValue ? '=' : countedIn(typeOf(schema, type), value);
    }),
  );
  return key !== null && key.length > longestKey ? null : key;
}

const typeOf = (schema: GraphQLSchema, node: TypeNode) =>
  typeFromAST(schema, node as NamedTypeNode) as GraphQLInputType;

const joined = (parts: readonly (string | null)[]): string | null =>
  parts.includes(null) ? null : `(${parts.join(' ')})`;

/** What of a value may count: numbers and flags are sizes and conditions, of ids it is their type, of words that they are there. */
function countedIn(type: GraphQLInputType, value: unknown): string | null {
  if (value == null) return '-';
  if (isNonNullType(type)) return countedIn(type.ofType, value);
  if (isListType(type))
    return joined((Array.isArray(value) ? value : [value]).map((each) => countedIn(type.ofType, each)));
  if (isInputObjectType(type)) {
    const given = value as Record<string, unknown>;
    const fields = Object.values(type.getFields()).filter(({ name }) => name in given);
    return joined(fields.flatMap((field) => [field.name, countedIn(field.type, given[field.name])]));
  }
  return isEnumType(type) ? '+' : (counted[type.name]?.(value) ?? null);
}

/** Other scalars may hold anything. */
const counted: Record<string, (value: unknown) => string> = {
  String: () => '+',
  LanguageTag: () => '+',
  // In quotes: else one that holds a space would be told as two.
  ID: (value) => JSON.stringify(String(value).slice(0, 4)),
  Int: String,
  Float: String,
  Boolean: String,
};

const coded = (code: string, { message, nodes, source, positions }: GraphQLError) =>
  new GraphQLError(message, { nodes, source, positions, extensions: { code } });

const tooDear = ({ requested, maximum }: Cost, dearest: string) =>
  new Refusal(
    'COST_EXCEEDED',
    `The operation costs ${requested.toLocaleString('en')}; ${maximum.toLocaleString('en')} is the most. Most of it is \`${dearest}\`. Ask for smaller pages (\`first\`) there, or for fewer lists in lists.`,
  );

function inputFaults(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
) {
  const { errors } = getVariableValues(schema, variableDefinitions, { ...variables }, { maxErrors: 10 });
  return errors?.map((error) => coded('BAD_USER_INPUT', error));
}

/**
 * Milliseconds that this thread has computed: what else the machine is busy with, or other threads of this process, is not
 * the document's fault.
 */
export function computed(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Validation cannot be interrupted from outside: a rule of its own looks at the clock at every field. */
function validateInTime(
  schema: GraphQLSchema,
  document: DocumentNode,
  rules: AdmissionOptions['rules'] = [],
): readonly GraphQLError[] {
  const end = computed() + limits.validation;
  const late = new Refusal(
    'LIMIT_EXCEEDED',
    `The document takes longer than ${limits.validation} ms to check. Send a shorter one.`,
  );
  const inTime = (): ASTVisitor => ({
    Field: () => {
      if (computed() > end) throw late;
    },
  });
  try {
    return validate(schema, document, [...specifiedRules, ...rules, inTime]).map((error) =>
      coded('GRAPHQL_VALIDATION_FAILED', error),
    );
  } catch (error) {
    if (error === late) return [late];
    throw error;
  }
}

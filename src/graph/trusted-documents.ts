import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  GraphQLError,
  Kind,
  parse,
  print,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { z } from 'zod';
import { limits } from './limits.js';
import { structureFault } from './structure.js';

/** A query that clients may ask by its hash (GraphQL over HTTP, appendix "Persisted Documents"). */
export interface TrustedDocument {
  /** SHA-256 of `text` in UTF-8, in lower-case hexadecimal. */
  hash: string;
  /** Of its one operation; no two documents share it. */
  name: string;
  /** As graphql-js prints it: comments and layout make no other document. */
  text: string;
  /** The names of the variables that it declares. */
  variables: ReadonlySet<string>;
}

/** Trusted documents by their hash. */
export type TrustedDocuments = ReadonlyMap<string, TrustedDocument>;

/** Documents that cannot be trusted; the message lists every fault, a line each. */
export class DocumentError extends Error {
  constructor(
    summary: string,
    readonly faults: string[],
  ) {
    super(`${summary}\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/** The documents that ship with this package. */
export const trustedDocumentsFile = new URL('../../schema/trusted-documents.json', import.meta.url);

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** Makes a trusted document of a GraphQL text, or tells what keeps it from being one, each with its line and column. */
export function trustedDocument(source: string, schema: GraphQLSchema): TrustedDocument | string[] {
  const document = parsed(source);
  if (document instanceof GraphQLError) return [told(document)];
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (operation === undefined || operations.length > 1)
    return [`It holds ${operations.length} operations. Write one query, with its fragments.`];
  const { name } = operation;
  if (operation.operation !== 'query')
    return [`It holds a ${operation.operation}. Only queries can be trusted: anybody may send them again by GET.`];
  if (name === undefined) return ['Its query has no name. Give it one: `query PracticesOfTheme { … }`.'];
  const structure = structureFault(document);
  if (structure) return [structure.message];
  const faults = validate(schema, document).map(told);
  if (faults.length > 0) return faults;
  const text = print(document);
  return { hash: hashOf(text), name: name.value, text, variables: variablesOf(operation) };
}

const variablesOf = ({ variableDefinitions = [] }: OperationDefinitionNode) =>
  new Set(variableDefinitions.map(({ variable }) => variable.name.value));

function parsed(source: string): DocumentNode | GraphQLError {
  try {
    return parse(source, { maxTokens: limits.tokens });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function told({ message, locations }: GraphQLError): string {
  const [at] = locations ?? [];
  return at ? `${at.line}:${at.column} ${message}` : message;
}

const fileShape = z.record(z.string(), z.string());

/**
 * Reads a file of trusted documents. Throws a DocumentError that names every one that does not fit the schema, is not
 * what its hash says, or has the name of another.
 */
export async function readTrustedDocuments(
  schema: GraphQLSchema,
  file: URL = trustedDocumentsFile,
): Promise<TrustedDocuments> {
  const summary = `${file.pathname.split('/').slice(-2).join('/')} cannot be used:`;
  const documents = new Map<string, TrustedDocument>();
  const faults: string[] = [];
  for (const [hash, text] of Object.entries(await entriesOf(file, summary))) {
    const document = trustedDocument(text, schema);
    const place = `${/^query (\w+)/.exec(text)?.[1] ?? 'document'} ${hash}`;
    if (Array.isArray(document)) faults.push(...document.map((fault) => `${place}: ${fault}`));
    else if (hashOf(text) !== hash)
      faults.push(`${place}: This is not its hash. Take it out, and add its query with \`goodgraph documents add\`.`);
    // The text as it was added: another printer would lay it out otherwise, and pages ask for the hash they know.
    else documents.set(hash, { ...document, hash, text });
  }
  for (const [name, { length }] of Map.groupBy(documents.values(), (each) => each.name))
    if (length > 1) faults.push(`${length} documents are called ${name}. Keep one of them.`);
  if (faults.length > 0) throw new DocumentError(summary, faults);
  return documents;
}

async function entriesOf(file: URL, summary: string): Promise<Record<string, string>> {
  try {
    return fileShape.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) throw new DocumentError(summary, [`It is not JSON: ${error.message}.`]);
    if (error instanceof z.ZodError) throw new DocumentError(summary, ['It is no object of hashes and documents.']);
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new DocumentError(summary, ['There is no such file. Put it back; {} trusts nothing.']);
    throw error;
  }
}

/** What the file of these documents holds: hash and document, in the order of their names. */
export function fileOf(documents: Iterable<TrustedDocument>): string {
  const sorted = [...documents].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted.map(({ hash, text }) => [hash, text])), null, 2)}\n`;
}

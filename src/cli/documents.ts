import { readFile, writeFile } from 'node:fs/promises';
import {
  DocumentError,
  fileOf,
  readTrustedDocuments,
  trustedDocument,
  trustedDocumentsFile,
  type TrustedDocument,
} from '../graph/trusted-documents.js';
import { fusedGraph } from '../subgraphs/graph.js';
import { subgraphs } from '../subgraphs/subgraphs.js';
import { report } from './report.js';

export interface AddedDocument extends Pick<TrustedDocument, 'hash' | 'name'> {
  /** Where it is answered. */
  path: string;
  /** False where it was trusted before. */
  isNew: boolean;
}

/**
 * Trusts the queries of some files, one a file, by adding them to the file of trusted documents. Throws a DocumentError
 * that lists every fault; then nothing is added.
 */
export async function addDocuments(
  paths: readonly string[],
  file: URL = trustedDocumentsFile,
): Promise<AddedDocument[]> {
  const { schema } = fusedGraph(subgraphs).executor;
  const before = await readTrustedDocuments(schema, file);
  const byName = new Map([...before.values()].map((document) => [document.name, document]));
  const read = await Promise.all(paths.map(async (path) => ({ path, source: await sourceOf(path) })));
  const faults: string[] = [];
  const added: AddedDocument[] = [];
  for (const { path, source } of read) {
    const document = source instanceof Error ? [source.message] : trustedDocument(source, schema);
    if (Array.isArray(document)) {
      faults.push(...document.map((fault) => `${path}: ${fault}`));
      continue;
    }
    const { hash, name } = document;
    if ((byName.get(name)?.hash ?? hash) !== hash) faults.push(`${path}: ${nameTaken(name)}`);
    else {
      byName.set(name, document);
      added.push({ hash, name, path: `/w/${hash}`, isNew: !before.has(hash) });
    }
  }
  if (faults.length > 0) throw new DocumentError('Nothing was added:', faults);
  if (added.some(({ isNew }) => isNew)) await writeFile(file, fileOf(byName.values()));
  return added;
}

const nameTaken = (name: string) =>
  `Another document is called ${name}, and pages may be asking for it. Choose another name, or first take that one out of schema/trusted-documents.json.`;

/** What a person can mend of a file that cannot be read. */
const unreadable: Record<string, string> = {
  ENOENT: 'There is no such file.',
  EISDIR: 'It is a folder. Name the files in it.',
  EACCES: 'This user may not read it.',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'It is not in UTF-8. Save it in that encoding.',
};

async function sourceOf(path: string): Promise<string | Error> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? unreadable[String(error.code)] : undefined;
    if (reason === undefined) throw error;
    return new Error(reason);
  }
}

/** Trusts the queries of some files, and prints where they are answered. */
export async function printAdded(paths: readonly string[], json: boolean | undefined): Promise<void> {
  const documents = await addDocuments(paths);
  const lines = documents.map(({ name, path, isNew }) => `${path} ${name}${isNew ? '' : ', trusted already'}`);
  report(json, { documents }, lines.join('\n'));
}

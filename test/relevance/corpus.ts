import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seedForBench } from '../../src/cli/bench/load.js';
import { allDocuments, hashed } from '../../src/subgraphs/discovery/search/document.loaders.js';
import { facetNames, type SearchDocument } from '../../src/subgraphs/discovery/search/document.js';
import { openSearch, rebuildSearch } from '../../src/subgraphs/discovery/search/open.js';
import { readPublic } from '../../src/subgraphs/discovery/search/upkeep/reading.js';
import { aDatabase, type TestDatabase } from '../support/database.js';
import { inPages } from '../support/search-documents.js';
import { generatedJudgements, generatedPractices, generatedQuestions } from './generated.js';
import { jsonLines, readFolder, type Judgements, type Question } from './question.js';

/** Documents in an index of PostgreSQL, questions about them, and what was judged of the answers. */
export interface Corpus {
  name: string;
  database: TestDatabase;
  questions: Question[];
  judgements: Judgements;
  /** What the judgements call a hit. */
  nameOf(hit: { id: string; url: string }): string;
  documents(): AsyncIterable<SearchDocument[]>;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const pageOf = ({ url }: { url: string }): string => url.slice(1);
const documentsIn = (database: TestDatabase) => allDocuments(readPublic(database.em()));

/** The records of the seeds, real and made up; their index is part of the template. */
export async function seedsCorpus(): Promise<Corpus> {
  const database = await aDatabase('demonstration');
  const judged = readFolder(here('seeds'));
  if (judged === undefined) throw new Error('The judgements of the seeds are gone.');
  return { name: 'seeds', database, ...judged, nameOf: pageOf, documents: () => documentsIn(database) };
}

/** Practices of `bench seed` beside the real seeds, judged by the rule of generated.ts. */
export async function generatedCorpus(): Promise<Corpus> {
  const database = await aDatabase('seeded');
  await seedForBench({ em: database.em(), practices: generatedPractices });
  await rebuildSearch(openSearch(database), database);
  return {
    name: 'generated',
    database,
    questions: generatedQuestions(),
    judgements: await generatedJudgements(database),
    nameOf: pageOf,
    documents: () => documentsIn(database),
  };
}

/** Where a test collection may lie: beside the project, or where RELEVANCE_FOLDER says. */
export const collectionFolder = (): string | undefined =>
  [process.env['RELEVANCE_FOLDER'], here('../../../shared/data/cranfield')].find(
    (folder) => folder && existsSync(join(folder, 'corpus.jsonl')),
  );

const noFacets = Object.fromEntries(facetNames.map((name) => [name, []])) as unknown as SearchDocument['facets'];

const documentOf = ({ id, title, text }: { id: string; title: string; text: string }): SearchDocument =>
  hashed({
    id,
    type: 'GoodPractice',
    url: `/practices/${id}`,
    title,
    language: 'en',
    texts: [
      { field: 'title', language: 'en', text: title },
      { field: 'body', language: 'en', text },
    ],
    facets: { ...noFacets, type: ['GoodPractice'] },
    point: null,
    updatedAt: '2026-01-01T00:00:00.000Z',
  });

/** A folder with corpus.jsonl (id, title, text, all in English), queries.jsonl and qrels.tsv. */
export async function folderCorpus(folder: string, name: string): Promise<Corpus> {
  const judged = readFolder(folder);
  if (judged === undefined) throw new Error(`${folder} has no queries.jsonl and qrels.tsv.`);
  const database = await aDatabase();
  const documents = jsonLines<Parameters<typeof documentOf>[0]>(join(folder, 'corpus.jsonl')).map(documentOf);
  await openSearch(database).engines[0].rebuild(inPages(documents));
  return { name, database, ...judged, nameOf: ({ id }) => id, documents: () => inPages(documents) };
}

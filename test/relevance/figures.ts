import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { anonymous } from '../../src/graph/context.js';
import { meilisearchEngine } from '../../src/subgraphs/discovery/search/meilisearch/meilisearch.engine.js';
import { stemmingBy } from '../../src/subgraphs/discovery/search/analysis/stemming.js';
import { postgresqlTerms } from '../../src/subgraphs/discovery/search/postgresql/terms.js';
import { openSearch } from '../../src/subgraphs/discovery/search/open.js';
import { aMeilisearch, hasMeilisearch } from '../support/meilisearch.js';
import { askAll } from './asking.js';
import { collectionFolder, folderCorpus, generatedCorpus, seedsCorpus, type Corpus } from './corpus.js';
import { keepBaselines, scoresOf, type Scores } from './gate.js';
import { askDefaults } from './meilisearch-defaults.js';
import { failuresIn, summaryOf, tableOf, type Column } from './report.js';

const server = hasMeilisearch ? await aMeilisearch() : undefined;

async function columnsOf(corpus: Corpus): Promise<Column[]> {
  const { database } = corpus;
  const search = openSearch(database);
  const columns: Column[] = [{ engine: 'PostgreSQL', answered: await askAll(corpus, search) }];
  if (server === undefined) return columns;
  const engine = meilisearchEngine({
    address: server,
    stemming: stemmingBy(database.readAs(anonymous)),
    lexical: postgresqlTerms(database.readAs(anonymous)),
    prefix: `relevance-${randomUUID()}`,
  });
  await engine.rebuild(corpus.documents());
  columns.push({ engine: 'Meilisearch', answered: await askAll(corpus, { ...search, engine }) });
  columns.push({ engine: 'its defaults', answered: await askDefaults(corpus, server) });
  return columns;
}

const tell = (text: string): void => void process.stdout.write(`${text}\n`);

test('how well each engine answers what was judged', async () => {
  const folder = collectionFolder();
  const corpora = [seedsCorpus, generatedCorpus];
  if (folder) corpora.push(() => folderCorpus(folder, basename(resolve(folder))));
  const scores: Record<string, Scores> = {};
  const told: { name: string; columns: Column[] }[] = [];
  for (const open of corpora) {
    const corpus = await open();
    const columns = await columnsOf(corpus);
    told.push({ name: corpus.name, columns });
    tell(tableOf(corpus.name, columns));
    if (corpora.indexOf(open) < 2) scores[corpus.name] = scoresOf(columns[0]?.answered ?? []);
    if (process.env['RELEVANCE_FAILURES'])
      for (const { engine, answered } of columns.slice(0, 2)) tell(failuresIn(corpus, engine, answered));
    expect(columns.filter(({ answered }) => answered.length === 0)).toEqual([]);
  }
  if (process.env['RELEVANCE_KEEP']) {
    keepBaselines(scores);
    if (server && folder) tellInReadme(summaryOf(told));
  }
  if (server === undefined)
    tell(
      'SKIPPED: Meilisearch. Put `meilisearch` (1.48.2 or newer) on the PATH, or name a server by MEILI_URL and MEILI_KEY.',
    );
  if (folder === undefined)
    tell(
      `SKIPPED: a test collection. ${process.env['RELEVANCE_FOLDER'] ?? '../shared/data/cranfield'} ${
        existsSync(process.env['RELEVANCE_FOLDER'] ?? '') ? 'holds none' : 'is not there'
      }; name a folder with corpus.jsonl, queries.jsonl and qrels.tsv: npm run relevance -- FOLDER`,
    );
});

const readme = new URL('../../README.md', import.meta.url);
const place = /(<!-- relevance: written by npm run relevance -- --keep -->\n)[\s\S]*(<!-- \/relevance -->)/;

function tellInReadme(text: string): void {
  const before = readFileSync(readme, 'utf8');
  if (!place.test(before)) throw new Error('The README has lost the place of the figures.');
  writeFileSync(
    readme,
    before.replace(place, (_all, start: string, end: string) => `${start}${text}${end}`),
  );
}

import type { SearchDocument } from '../../src/subgraphs/discovery/search/document.js';
import { meilisearchServer, type ServerAddress } from '../../src/subgraphs/discovery/search/meilisearch/server.js';
import type { Corpus } from './corpus.js';
import { measured, type Answered } from './measures.js';
import type { Question } from './question.js';

/** As plain as documents are given to a search server: a text for each field. */
function plain({ id, type, url, title, texts, facets }: SearchDocument): Record<string, unknown> {
  const of = (field: string) => texts.filter((each) => each.field === field).map(({ text }) => text);
  return {
    id,
    url,
    title,
    names: of('name'),
    keywords: of('keyword'),
    summary: of('summary').join('\n'),
    body: of('body').join('\n'),
    type,
    origin: facets.origin,
  };
}

/** The `where` of our questions in the words of the server: what is made up is left out unless it is asked for. */
function filterOf({ where = {} }: Question): string[] {
  const origin = (where['origin'] as { eq?: string } | undefined)?.eq;
  const isPractice = where['type'] !== undefined;
  return [
    origin === undefined ? 'origin NOT IN [DEMONSTRATION]' : `origin = ${origin}`,
    ...(isPractice ? ['type = GoodPractice'] : []),
  ];
}

/** The yardstick: the same server as it comes, asked for what was typed. Only what is filtered by is set. */
export async function askDefaults(corpus: Corpus, address: ServerAddress): Promise<Answered[]> {
  const uid = `yardstick-${corpus.name}`;
  const server = meilisearchServer(address, uid);
  await server.ask((client) => client.deleteIndexIfExists(uid));
  await server.finish((client) => client.createIndex(uid, { primaryKey: 'id' }));
  await server.finish((client) => client.index(uid).updateFilterableAttributes(['origin', 'type']));
  for await (const documents of corpus.documents())
    await server.finish((client) => client.index(uid).addDocuments(documents.map(plain)));
  const found = new Map<Question, string[]>();
  for (const question of corpus.questions) {
    const filter = filterOf(question);
    const { hits } = await server.ask((client) =>
      client.index<{ id: string; url: string }>(uid).search(question.text, { filter, limit: 20 }),
    );
    found.set(question, hits.map(corpus.nameOf));
  }
  await server.ask((client) => client.deleteIndexIfExists(uid));
  return measured(found, corpus.judgements);
}

import type { Search } from '../../src/subgraphs/discovery/search/search.js';
import { aGraph } from '../support/graph.js';
import type { Corpus } from './corpus.js';
import { measured, type Answered } from './measures.js';
import type { Question } from './question.js';

const SEARCH = `query ($query: String!, $where: SearchWhere) {
  search(query: $query, where: $where, first: 20) { nodes { id url } }
}`;

interface Hit {
  id: string;
  url: string;
}

/** Asks all questions of a corpus through the graph, as a reader would, and measures the answers. */
export async function askAll({ database, questions, judgements, nameOf }: Corpus, search: Search): Promise<Answered[]> {
  const graph = await aGraph(database, { search });
  const found = new Map<Question, string[]>();
  for (const question of questions) {
    const { text, where = {} } = question;
    const { data, errors } = await graph.run(SEARCH, { query: text, where });
    if (errors.length > 0) throw new Error(`'${text}' was not answered: ${errors[0]?.message}`);
    found.set(question, (data['search'].nodes as Hit[]).map(nameOf));
  }
  return measured(found, judgements);
}

import { fusedGraph } from '../../src/subgraphs/graph.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { anApp } from './app.js';
import { valuesOf, type GraphValues } from './graph-values.js';
import { mutated, mutatedVariables } from './mutations.js';
import { aRandom } from './random.js';
import { randomOperation } from './random-operation.js';

export interface MutatedAnswer {
  seed: number;
  query: string;
  variables: unknown;
  status: number;
  text: string;
}

/** Sends random operations, four of five of them damaged, each from an address of its own: no quota is used up. */
export async function mutatedRequests(count: number): Promise<MutatedAnswer[]> {
  const app = await anApp('seeded', { TRUST_PROXY: 'loopback' });
  const { schema } = fusedGraph(subgraphs).executor;
  const send = async (seed: number, query: string, variables: unknown) => {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: {
        accept: seed % 2 ? 'application/graphql-response+json' : 'application/json',
        'content-type': 'application/json',
        'x-forwarded-for': `10.${(seed >> 16) & 255}.${(seed >> 8) & 255}.${seed & 255}`,
      },
      body: JSON.stringify({ query, variables }),
    });
    return { seed, query, variables, status: response.status, text: await response.text() };
  };
  const values: GraphValues = await valuesOf(
    schema,
    async (query) => (JSON.parse((await send(0, query, {})).text) as { data: never }).data,
  );
  const answers: MutatedAnswer[] = [];
  for (let seed = 0; seed < count; seed += 1) {
    const random = aRandom(seed);
    const operation = randomOperation({ schema, values, seed, filters: 0.5, page: 30, width: 8 });
    const isWhole = seed % 5 === 0;
    const query = isWhole ? operation.query : mutated(operation.query, random);
    const variables = isWhole ? operation.variables : mutatedVariables(operation.variables, random);
    answers.push(await send(seed, query, variables));
  }
  return answers;
}

/** What must be in no answer: a stack, a path of ours, SQL, a fault of ours. */
export const inside =
  /node_modules|\/src\/|\/dist\/|\.[jt]s:\d|\bat [\w.]+ \(|\bselect .* from\b|INTERNAL_SERVER_ERROR|\bpg_|relation "/i;

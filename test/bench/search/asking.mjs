// Searches over HTTP, timed one after the other, as a reader's browser asks them.
import { setTimeout } from 'node:timers/promises';
import { ask } from '../stage.mjs';

const SEARCH = `query ($query: String, $where: SearchWhere, $facets: [SearchFacetInput!], $first: Int) {
  search(query: $query, where: $where, facets: $facets, first: $first) {
    totalCount degraded relaxed { isAnyWord }
    nodes { id type title url score matchedIn highlights { text isMatch } snippet { text isMatch } }
    facets { field values { value count } }
  }
}`;

/** What `bench seed` makes is made up, and is found by those alone who ask for it. */
const madeUp = { origin: { eq: 'DEMONSTRATION' } };
const facets = [{ field: 'TYPE' }, { field: 'COUNTRY' }, { field: 'THEME' }];

let asked = 0;
/** What an address may ask for is bounded: every 500 requests come from the next one. */
const address = () => `127.2.${Math.floor(asked / 500 / 250) % 250}.${1 + (Math.floor(asked++ / 500) % 250)}`;

/** The answer to a search with three facets, exact total and highlights of the first 20, and how many milliseconds it took. */
export async function search(server, { query, where = {} }, first = 20) {
  const body = { query: SEARCH, variables: { query, where: { ...madeUp, ...where }, facets, first } };
  const began = performance.now();
  const { data, errors } = await ask(server, body, address());
  const milliseconds = performance.now() - began;
  if (errors) throw new Error(`'${query}': ${JSON.stringify(errors).slice(0, 500)}`);
  return { found: data.search, milliseconds };
}

/** The same, of the engine that is measured: where another one answered in its place, it is asked once more a little later. */
export async function searchPatiently(server, question) {
  const answer = await search(server, question);
  if (!answer.found.degraded) return answer;
  await setTimeout(2_200);
  return search(server, question);
}

/** How far behind the engine is that answers, and whether it is the one that should. */
export async function state(server) {
  const { data } = await ask(
    server,
    { query: '{ search(query: "workshop", first: 0) { degraded freshness { lag } } }' },
    address(),
  );
  return data?.search ?? { degraded: true, freshness: null };
}

export const sorted = (numbers) => numbers.toSorted((one, other) => one - other);

/** The value that this share of the numbers does not exceed (nearest rank). */
export const percentile = (numbers, share) => sorted(numbers)[Math.max(0, Math.ceil(numbers.length * share) - 1)];

/** Middle and slowest hundredth of some milliseconds. */
export const spread = (milliseconds) => ({ p50: percentile(milliseconds, 0.5), p99: percentile(milliseconds, 0.99) });

import { readFileSync } from 'node:fs';
import { examples } from '../../src/http/examples.js';
import type { RandomOperation } from './random-operation.js';

const file = new URL('../../schema/trusted-documents.json', import.meta.url);

export const nameOf = (query: string): string => /^query (\w+)/m.exec(query)?.[1] ?? '';

const variables = new Map(
  examples.map(({ query, variables: given }) => [
    nameOf(query),
    JSON.parse(given ?? '{}') as RandomOperation['variables'],
  ]),
);
variables.set('PartnerPractices', { partner: 'design-and-crafts-council-of-ireland', first: 3 });

/** The trusted documents, by name, with variables of records that the seeds hold. */
export const trustedOperations: readonly RandomOperation[] = Object.values(
  JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>,
)
  .toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)))
  .map((query) => ({ query, variables: variables.get(nameOf(query)) ?? {} }));

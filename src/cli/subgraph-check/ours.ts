import { readFileSync } from 'node:fs';
import { parse, Source } from 'graphql';
import type { SubgraphSdl } from '../../graph/joining/sdl.js';
import { subgraphs } from '../../subgraphs/subgraphs.js';

const schemaFolder = new URL('../../../schema/', import.meta.url);

/** Our subgraphs, as `schema/` holds them. */
export const ourSubgraphs = (): SubgraphSdl[] =>
  subgraphs.map(({ name }) => {
    const text = readFileSync(new URL(`${name}.graphql`, schemaFolder), 'utf8');
    return { name, typeDefs: parse(new Source(text, `schema/${name}.graphql`)) };
  });

/** The API as clients see it without the partner. */
export const ourApi = (): string => readFileSync(new URL('api.graphql', schemaFolder), 'utf8');

/** What a router has without the partner. */
export const ourSupergraph = (): string => readFileSync(new URL('supergraph.graphql', schemaFolder), 'utf8');

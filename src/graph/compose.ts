import {
  composeServices,
  compositionHasErrors,
  sortSDL,
  type ServiceDefinition,
} from '@theguild/federation-composition';
import { buildSchema, Kind, lexicographicSortSchema, parse, print, printSchema } from 'graphql';

export interface Composition {
  /** For routers: the whole graph with the subgraph that serves each field. */
  supergraphSdl: string;
  /** For clients: what `printSchema` prints of the API, sorted. */
  publicSdl: string;
}

/**
 * Composes subgraphs into one graph; the same subgraphs give the same text in whatever order they come.
 * Throws one Error that lists every fault, each with the subgraphs it is between.
 */
export function compose(subgraphs: readonly ServiceDefinition[]): Composition {
  const result = composeServices([...subgraphs]);
  if (compositionHasErrors(result)) {
    const faults = result.errors.map(({ message, extensions }) => `- ${String(extensions['code'])}: ${message}`);
    throw new Error(['The subgraphs do not compose.', ...faults].join('\n'));
  }
  return {
    supergraphSdl: sortSupergraph(result.supergraphSdl),
    publicSdl: `${printSchema(lexicographicSortSchema(buildSchema(result.publicSdl)))}\n`,
  };
}

/** The schema definition stays first and as it is: its links are read in order, the one to the link specification first. */
function sortSupergraph(sdl: string): string {
  const document = parse(sdl);
  const head = document.definitions.filter(({ kind }) => kind === Kind.SCHEMA_DEFINITION);
  const rest = sortSDL(document).definitions.filter(({ kind }) => kind !== Kind.SCHEMA_DEFINITION);
  return `${print({ ...document, definitions: [...head, ...rest] })}\n`;
}

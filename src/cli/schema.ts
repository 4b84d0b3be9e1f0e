import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fusedGraph } from '../subgraphs/graph.js';
import { subgraphs } from '../subgraphs/subgraphs.js';
import { report } from './report.js';

/** Every generated schema file by its name. */
export function schemaFiles(): Map<string, string> {
  const graph = fusedGraph(subgraphs);
  const files = new Map(graph.subgraphs.map(({ name, sdl }) => [`${name}.graphql`, sdl]));
  return files.set('supergraph.graphql', graph.supergraphSdl).set('api.graphql', graph.publicSdl);
}

/** Prints the API schema. */
export function printSchema(json: boolean | undefined): void {
  const sdl = schemaFiles().get('api.graphql') ?? '';
  report(json, { sdl }, sdl.trimEnd());
}

/** Writes every schema file into `directory`, which is made where it is absent. */
export async function writeSchema(directory: string, json: boolean | undefined): Promise<void> {
  const files = schemaFiles();
  await mkdir(directory, { recursive: true });
  await Promise.all([...files].map(([name, text]) => writeFile(join(directory, name), text)));
  report(json, { directory, files: [...files.keys()] }, `Wrote ${[...files.keys()].join(', ')} to ${directory}.`);
}

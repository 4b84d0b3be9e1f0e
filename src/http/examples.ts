import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** A query to begin with; `variables` is JSON as text. */
export interface Example {
  title: string;
  query: string;
  variables: string | null;
}

/** The queries in a folder of `examples/`, in the order of their files. */
function examplesOf(path: string): Example[] {
  const folder = new URL(`../../examples/${path}/`, import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  return files.toSorted().map((file) => {
    const variables = new URL(file.replace('.graphql', '.variables.json'), folder);
    return {
      title: titleOf(file),
      query: readFileSync(new URL(file, folder), 'utf8'),
      variables: existsSync(variables) ? readFileSync(variables, 'utf8') : null,
    };
  });
}

/** `05-everything-about-INNOCRAFTS.graphql`: "Everything about INNOCRAFTS". */
function titleOf(file: string): string {
  const words = file.replace(/^\d+-/, '').replace('.graphql', '').replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The first tabs of the playground: the queries of the README, then the questions. */
export const examples: readonly Example[] = [...examplesOf('readme'), ...examplesOf('questions')];

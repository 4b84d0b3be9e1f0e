import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, the longest first: begun last, one of them would run alone. */
const long = [
  'cli/start',
  'readme',
  'parity/parity',
  'relevance/relevance',
  'database/embedded/killed',
  'subgraphs/bad-partners',
  'cli/reindex',
  'cli/seed-command',
].map((name) => `/test/${name}.test.ts`);

const rank = ({ moduleId }: TestSpecification): number => {
  const place = long.findIndex((name) => moduleId.endsWith(name));
  return place === -1 ? long.length : place;
};

/** Vitest's own order, after the files that are known to be long. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- a sequencer's, not an array's
    const inOrder = await super.sort(files);
    return inOrder.toSorted((a, b) => rank(a) - rank(b));
  }
}

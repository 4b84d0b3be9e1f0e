import { parse, validate, type GraphQLSchema } from 'graphql';
import type { TrustedDocuments } from '../../graph/trusted-documents.js';
import type { Said } from '../../graph/joining/said.js';

/** The trusted documents that would no longer fit the graph. */
export function checkReplay(documents: TrustedDocuments, after: GraphQLSchema): Said[] {
  return [...documents.values()].flatMap(({ name, hash, text }) =>
    validate(after, parse(text)).map(({ message }): Said => ({
      level: 'fault',
      message: `The trusted document ${name} (${hash.slice(0, 12)}…) would fail: ${message}`,
      mend: 'Pages ask for it every day: leave what it selects as it is.',
    })),
  );
}

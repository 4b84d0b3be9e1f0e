import { isDeepStrictEqual } from 'node:util';
import { parse } from 'graphql';
import { GatewayFault } from '../../graph/gateway/gateway-fault.js';
import { createPlanner } from '../../graph/gateway/planner.js';
import type { TrustedDocuments } from '../../graph/trusted-documents.js';
import type { Said } from '../../graph/joining/said.js';

/**
 * The trusted documents that a router would fetch in another way once the partner is in the graph, from both
 * supergraphs as SDL; or why no plan can be made here.
 */
export async function checkPlans(documents: TrustedDocuments, before: string, after: string): Promise<Said[] | string> {
  try {
    const [planBefore, planAfter] = [await createPlanner(before), await createPlanner(after)];
    const said = [...documents.values()].map(async ({ name, hash, text }): Promise<Said[]> => {
      const document = parse(text);
      const [today, then] = await Promise.all([planBefore(document, name), planAfter(document, name)]);
      if (isDeepStrictEqual(today, then)) return [];
      return [
        {
          level: 'warning',
          message: `The trusted document ${name} (${hash.slice(0, 12)}…) would be fetched in another way than today.`,
          mend: 'Look at what you say of our types: no more than the key is needed to add fields to them.',
        },
      ];
    });
    return (await Promise.all(said)).flat();
  } catch (error) {
    if (error instanceof GatewayFault) return error.faults.join('; ');
    throw error;
  }
}

import type { GraphQLSchema } from 'graphql';
import { prefixOf } from '../graph/ids.js';

/** The one table of records: the prefix of their ids, and the table that holds them. */
export const records = {
  Region: { prefix: 'rgn', table: 'region' },
  Place: { prefix: 'plc', table: 'place' },
  Programme: { prefix: 'prg', table: 'programme' },
  Project: { prefix: 'prj', table: 'project' },
  Partner: { prefix: 'ptn', table: 'partner' },
  Participation: { prefix: 'par', table: 'participation' },
  GoodPractice: { prefix: 'gp', table: 'good_practice' },
  Theme: { prefix: 'thm', table: 'theme' },
  Indicator: { prefix: 'ind', table: 'indicator' },
  Measurement: { prefix: 'mea', table: 'measurement' },
  Transfer: { prefix: 'trf', table: 'transfer' },
  Outcome: { prefix: 'out', table: 'outcome' },
  Source: { prefix: 'src', table: 'source' },
  Claim: { prefix: 'clm', table: 'claim' },
  Event: { prefix: 'evt', table: 'event' },
  Session: { prefix: 'ses', table: 'session' },
  EventRole: { prefix: 'rol', table: 'event_role' },
  Output: { prefix: 'opt', table: 'output' },
  OutputUpdate: { prefix: 'upd', table: 'output_update' },
  Task: { prefix: 'tsk', table: 'task' },
  ActionPlan: { prefix: 'apl', table: 'action_plan' },
  Action: { prefix: 'act', table: 'action' },
  PolicyInstrument: { prefix: 'pin', table: 'policy_instrument' },
} as const;

export type RecordTypeName = keyof typeof records;

const typeByPrefix = new Map(Object.entries(records).map(([type, { prefix }]) => [prefix as string, type]));

/** The type of the record with this id. */
export const typeOfId = (id: string): string => typeByPrefix.get(prefixOf(id)) ?? '';

/** The head of a record's field declaration. */
export function recordOf<Type extends RecordTypeName>(type: Type) {
  return { type, ...records[type] };
}

/** Tells on the types of a schema how their ids begin: what is asked for by its id is priced as what it is. */
export function withIdPrefixes(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, { prefix: idPrefix }] of Object.entries(records)) {
    const type = schema.getType(name);
    if (type) type.extensions = { ...type.extensions, idPrefix };
  }
  return schema;
}

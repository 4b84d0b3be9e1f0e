import type { SeedFile } from '../../subgraphs/manifest.js';
import type { RecordTypeName } from '../../subgraphs/records.js';
import { subgraphs } from '../../subgraphs/subgraphs.js';

/** What rows may become: the type of record, and the seed file whose entries and service are the same. */
const table = {
  place: ['Place', 'places.yaml'],
  programme: ['Programme', 'programmes.yaml'],
  partner: ['Partner', 'partners.yaml'],
  project: ['Project', 'projects.yaml'],
  participation: ['Participation', 'participations.yaml'],
  goodPractice: ['GoodPractice', 'practices.yaml'],
  transfer: ['Transfer', 'transfers.yaml'],
  event: ['Event', 'events.yaml'],
  output: ['Output', 'outputs.yaml'],
  task: ['Task', 'tasks.yaml'],
  actionPlan: ['ActionPlan', 'action-plans.yaml'],
} as const satisfies Record<string, readonly [RecordTypeName, string]>;

export type KindName = keyof typeof table;
/** In the order in which they refer to each other. */
export const kindNames = Object.keys(table) as [KindName, ...KindName[]];

export interface ImportKind {
  name: KindName;
  type: RecordTypeName;
  entry: SeedFile['entry'];
  save: SeedFile['save'];
}

export function kindOf(name: KindName): ImportKind {
  const [type, file] = table[name];
  const seed = subgraphs.flatMap(({ seeds }) => seeds).find((each) => each.file === file);
  if (seed === undefined) throw new Error(`No subgraph reads ${file}.`);
  return { name, type, entry: seed.entry, save: seed.save };
}

import { setTimeout } from 'node:timers/promises';
import { ClientLeft } from '../../src/http/departure.js';
import { aDatabase, execute } from './database.js';
import { aPartner } from './factories.js';
import { aGraph } from './graph.js';
import { aRandom } from './random.js';
import { editorOf, send } from './writing.js';

const increments = { writers: 8 };

/**
 * Writers that each raise one number of one practice so many times, each time from what they have read; whoever comes too
 * late reads again. Returns how high it is and should be, and how often somebody came too late.
 */
export async function raceOfWriters(times: number) {
  const database = await aDatabase();
  const graph = await aGraph(database);
  const editor = editorOf((await aPartner(database)).id);
  const asked = 'id version staff';
  const { record } = await send(
    graph,
    editor,
    'goodPracticeCreate',
    { title: 'Counter', language: 'en', staff: '0' },
    asked,
  );
  let late = 0;
  const random = aRandom(3);
  async function write(): Promise<void> {
    let seen = record as { id: string; version: number; staff: string };
    for (let done = 0; done < times;) {
      const { id, version: expectedVersion, staff } = seen;
      const input = { id, expectedVersion, staff: String(Number(staff) + 1) };
      // oxlint-disable-next-line no-await-in-loop -- one writer writes one thing after the other
      const told = await send(graph, editor, 'goodPracticeUpdate', input, asked);
      if (told.record) {
        done += 1;
        seen = told.record;
        continue;
      }
      if (told.userErrors?.[0]?.code !== 'VERSION_CONFLICT') throw new Error(JSON.stringify(told.errors));
      late += 1;
      // oxlint-disable-next-line no-await-in-loop -- who came too late lets others go first
      await setTimeout(random.between(0, 40));
      // oxlint-disable-next-line no-await-in-loop -- what is read now is what it writes on
      const { data } = await graph.run(`query ($id: ID!) { goodPractice(id: $id) { ${asked} } }`, { id }, editor);
      seen = data['goodPractice'];
    }
  }
  await Promise.all(Array.from({ length: increments.writers }, write));
  const [stored] = await execute<{ staff: string; version: number }>(
    database,
    'select staff, version from good_practice where id = $1',
    [record.id],
  );
  return { stored, expected: increments.writers * times, late };
}

/**
 * Mutations that are each sent one to five times under a key of their own, side by side, by clients of whom some leave in
 * the midst of it, and at last once more by one who stays. Returns how many records and changes there are, how many different
 * answers each mutation got, and how many clients left.
 */
export async function mutationsSentAgain(mutations: number, seed = 7) {
  const database = await aDatabase();
  const graph = await aGraph(database);
  const partner = await aPartner(database);
  const editor = editorOf(partner.id);
  const random = aRandom(seed);
  let left = 0;
  async function sent(n: number, stays: boolean): Promise<string | null> {
    const stop = new AbortController();
    if (!stays) void setTimeout(random.between(0, 60)).then(() => stop.abort(new ClientLeft()));
    const input = { title: `Sent ${n}`, language: 'en', idempotencyKey: `key ${n}`, sectors: [`trade ${n}`] };
    const document = `mutation ($input: GoodPracticeCreateInput!) { goodPracticeCreate(input: $input) { goodPractice { id } userErrors { code } } }`;
    const { data } = await graph.run(document, { input }, editor, stop);
    if (!data?.['goodPracticeCreate']) left += 1;
    return data?.['goodPracticeCreate']?.goodPractice?.id ?? null;
  }
  const answers: Set<string>[] = [];
  const queue = Array.from({ length: mutations }, (_, index) => index);
  async function client(): Promise<void> {
    for (let n = queue.pop(); n !== undefined; n = queue.pop()) {
      const number = n;
      const times = random.between(1, 5);
      // oxlint-disable-next-line no-await-in-loop -- as many at once as there are clients
      const ids = await Promise.all(
        Array.from({ length: times }, (_, index) => sent(number, index > 0 && random.chance(0.5))),
      );
      // oxlint-disable-next-line no-await-in-loop -- the one who stays comes last
      ids.push(await sent(number, true));
      answers.push(new Set(ids.filter((id) => id !== null)));
    }
  }
  await Promise.all(Array.from({ length: 4 }, client));
  const [counts] = await execute<{ practices: number; changes: number }>(
    database,
    `select (select count(*)::int from good_practice) as practices,
      (select count(*)::int from change where record_id <> $1) as changes`,
    [partner.id],
  );
  return { ...counts, answers: answers.map(({ size }) => size), left };
}

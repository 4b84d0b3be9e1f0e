import { EngineFault, type EngineHealth } from '../engine.js';
import type { IndexedDocument } from './indexed-document.js';
import type { Server } from './server.js';
import { settings } from './settings.js';

/** The index that a rebuild fills beside the live one. */
const nextOf = ({ live }: Server): string => `${live}-next`;

/** Of one request to the server. */
const batch = { documents: 1_000, bytes: 8_000_000 };

/** Documents in requests of bounded size. Throws TOO_LARGE for a document that none can hold. */
function* batches(documents: readonly IndexedDocument[]): Generator<string> {
  let lines: string[] = [];
  let bytes = 0;
  for (const document of documents) {
    const line = JSON.stringify(document);
    const size = Buffer.byteLength(line) + 1;
    if (size > batch.bytes)
      throw new EngineFault(
        'TOO_LARGE',
        `${document.id} takes ${size} bytes in the index; ${batch.bytes} are allowed.`,
      );
    if (lines.length === batch.documents || bytes + size > batch.bytes) {
      yield lines.join('\n');
      [lines, bytes] = [[], 0];
    }
    lines.push(line);
    bytes += size;
  }
  if (lines.length > 0) yield lines.join('\n');
}

/** Puts documents into an index, in the place of those with their ids. */
async function put(server: Server, index: string, documents: readonly IndexedDocument[]): Promise<void> {
  for (const lines of batches(documents))
    await server.finish((client) =>
      client.index(index).addDocumentsFromString(lines, 'application/x-ndjson', { primaryKey: 'id' }),
    );
}

const isMissing = (error: unknown): boolean =>
  error instanceof EngineFault && error.message.includes('index_not_found');

async function exists(server: Server, index: string): Promise<boolean> {
  try {
    await server.ask((client) => client.getRawIndex(index));
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

export const notBuilt = () =>
  new EngineFault('UNFILLED', 'Meilisearch has no index of this version yet: goodgraph reindex builds it.');

/** Throws where there is no live index: the server would make one without our settings. */
async function requireLive(server: Server): Promise<void> {
  if (!(await exists(server, server.live))) throw notBuilt();
}

export async function upsertInto(server: Server, documents: readonly IndexedDocument[]): Promise<void> {
  await requireLive(server);
  await put(server, server.live, documents);
}

export async function removeFrom(server: Server, ids: readonly string[]): Promise<void> {
  await requireLive(server);
  await server.finish((client) => client.index(server.live).deleteDocuments([...ids]));
}

async function drop(server: Server, index: string): Promise<void> {
  if (await exists(server, index)) await server.finish((client) => client.deleteIndex(index));
}

/** Fills an index beside the live one. It takes that one's name at once, or not at all. */
export async function rebuildIn(server: Server, documents: AsyncIterable<IndexedDocument[]>): Promise<void> {
  await server.version();
  const next = nextOf(server);
  await drop(server, next);
  await server.finish((client) => client.createIndex(next, { primaryKey: 'id' }));
  await server.finish((client) => client.index(next).updateSettings(settings));
  const { createdAt } = await server.ask((client) => client.getRawIndex(next));
  for await (const page of documents) await put(server, next, page);
  const filled = await server.ask((client) => client.getRawIndex(next));
  if (filled.createdAt !== createdAt) throw new EngineFault('UNAVAILABLE', 'Another rebuild began meanwhile.');
  const rename = !(await exists(server, server.live));
  await server.finish((client) => client.swapIndexes([{ indexes: [next, server.live], rename }]));
  await dropOthers(server);
}

/** What the swap put aside, and what other versions left. */
async function dropOthers(server: Server): Promise<void> {
  const { results } = await server.ask((client) => client.getRawIndexes({ limit: 1_000 }));
  for (const { uid } of results)
    if (uid.startsWith(`${server.prefix}-`) && uid !== server.live)
      await server.finish((client) => client.deleteIndex(uid));
}

/** Ids and hashes in pages, each beginning behind the last of the one before. */
export async function* inventoryOf(server: Server): AsyncGenerator<{ id: string; hash: string }[]> {
  await requireLive(server);
  const size = 1_000;
  for (let after = ''; ;) {
    const filter = after === '' ? {} : { filter: `id > "${after}"` };
    const { results } = await server.ask((client) =>
      client
        .index<IndexedDocument>(server.live)
        .getDocuments({ fields: ['id', 'hash'], limit: size, sort: ['id:asc'], ...filter }),
    );
    if (results.length > 0) yield results.map(({ id, hash }) => ({ id, hash }));
    if (results.length < size) return;
    after = results.at(-1)?.id ?? '';
  }
}

export async function healthOf(server: Server): Promise<EngineHealth> {
  let version = '';
  try {
    version = await server.version();
    await requireLive(server);
    const { numberOfDocuments } = await server.ask((client) => client.index(server.live).getStats());
    return { isReady: true, reason: null, documents: numberOfDocuments, version };
  } catch (error) {
    if (!(error instanceof EngineFault)) throw error;
    return { isReady: false, reason: error.message, documents: 0, version };
  }
}

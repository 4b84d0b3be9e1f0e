import { setTimeout } from 'node:timers/promises';
import { bulkhead } from 'cockatiel';
import { Meilisearch, MeilisearchError, type EnqueuedTaskPromise, type MeilisearchErrorResponse } from 'meilisearch';
import { EngineFault } from '../engine.js';
import { send, type Received } from './http-client.js';
import { settingsVersion } from './settings.js';

/** Where a Meilisearch server listens; without a key only one that asks for none. */
export interface ServerAddress {
  url: string;
  key: string | undefined;
}

/** Older ones answer requests of ours otherwise: filters on text ranges, totals of federated searches. */
const oldest = [1, 48, 2] as const;

/** Milliseconds for a request that is no search; tasks go on behind it. */
const requestDeadline = 30_000;

/** A failed batch may have waited for others in the server's one queue. */
const taskDeadline = 600_000;

/**
 * Milliseconds between two looks at a task: a small one is done at once, and who asks for many large ones all the time, as
 * the client's own waiting does, takes from the server what they need.
 */
const taskPause = { first: 10, most: 100 };

export interface Server {
  client: Meilisearch;
  /** What names of our indexes begin with. */
  prefix: string;
  /**
   * The index that answers. Every version of settings and documents has one of its own: programs of two versions do not
   * disturb each other.
   */
  live: string;
  /** Does something there, and tells what went wrong as an EngineFault. */
  ask<Answer>(doing: (client: Meilisearch) => Promise<Answer>): Promise<Answer>;
  /** Waits until a task is done; one that failed rejects. */
  finish(start: (client: Meilisearch) => EnqueuedTaskPromise): Promise<void>;
  /** The version there; rejects when it is too old. */
  version(): Promise<string>;
}

/** A server is asked nothing yet: whoever starts before it does is not stopped by that. */
export function meilisearchServer({ url, key }: ServerAddress, prefix: string): Server {
  const client = new Meilisearch({
    host: url,
    ...(key !== undefined && { apiKey: key }),
    timeout: requestDeadline,
    httpClient: async (target, init = {}) => answerIn(await send(target as URL, init)),
  });
  const ask: Server['ask'] = async (doing) => {
    try {
      return await doing(client);
    } catch (error) {
      throw faultOf(error);
    }
  };
  /** The server does one task after the other: who waits for a later one need not look before the one before is done. */
  const looking = bulkhead(1, Infinity);

  async function ended(taskUid: number): Promise<void> {
    const began = performance.now();
    for (let pause = taskPause.first; ; pause = Math.min(pause * 2, taskPause.most)) {
      const { status, error } = await ask((each) => each.tasks.getTask(taskUid));
      if (status === 'succeeded') return;
      if (status === 'failed' || status === 'canceled') throw taskFault(status, error);
      if (performance.now() - began > taskDeadline)
        throw new EngineFault('UNAVAILABLE', `A task of Meilisearch was not done after ${taskDeadline / 1_000} s.`);
      await setTimeout(pause);
    }
  }

  return {
    client,
    prefix,
    live: `${prefix}-${settingsVersion}`,
    ask,
    async finish(start) {
      const { taskUid } = await ask((each) => start(each));
      await looking.execute(() => ended(taskUid));
    },
    async version() {
      const { pkgVersion } = await ask((each) => each.getVersion());
      checkVersion(pkgVersion);
      return pkgVersion;
    },
  };
}

function checkVersion(version: unknown): void {
  const parts = /^(\d+)\.(\d+)\.(\d+)/.exec(String(version))?.slice(1).map(Number);
  if (parts === undefined) throw new EngineFault('UNAVAILABLE', 'What answers at MEILI_URL is no Meilisearch server.');
  const at = oldest.findIndex((least, index) => parts[index] !== least);
  if (at >= 0 && (parts[at] ?? 0) < (oldest[at] ?? 0))
    throw new EngineFault(
      'UNAVAILABLE',
      `Meilisearch ${String(version)} is too old. Use ${oldest.join('.')} or newer.`,
    );
}

/** What came of a request, or the EngineFault that it is. */
function answerIn({ status, text }: Received): unknown {
  let answer: unknown;
  try {
    answer = text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new EngineFault('UNAVAILABLE', 'What answers at MEILI_URL is no Meilisearch server: it sent no JSON.');
  }
  if (status < 200 || status > 299) throw apiFault(status, answer as MeilisearchErrorResponse | undefined);
  return answer;
}

/** Never with its cause: a request knows the key that it was sent with. The client puts whatever is thrown into errors of its own. */
function faultOf(error: unknown): unknown {
  if (!(error instanceof MeilisearchError)) return error;
  return error.cause instanceof EngineFault
    ? error.cause
    : new EngineFault('UNAVAILABLE', 'Meilisearch does not answer.');
}

function apiFault(status: number, cause: MeilisearchErrorResponse | undefined): EngineFault {
  const told = `Meilisearch answered ${status}${cause ? ` (${cause.code}: ${shortened(cause.message)})` : ''}.`;
  if (status === 401 || status === 403)
    return new EngineFault(
      'UNAVAILABLE',
      `${told} MEILI_KEY must be a key for searches, documents, indexes and tasks.`,
    );
  if (status === 413) return new EngineFault('TOO_LARGE', told);
  // 404 is an index that is not there, or another server.
  return new EngineFault(
    status >= 400 && status < 500 && status !== 404 && status !== 429 ? 'REFUSED' : 'UNAVAILABLE',
    told,
  );
}

/** What the server blames on itself may pass; the rest lies in what it was given. */
function taskFault(status: string, error: MeilisearchErrorResponse | null): EngineFault {
  if (error === null) return new EngineFault('UNAVAILABLE', `A task of Meilisearch was ${status}.`);
  const kind = error.type === 'invalid_request' && error.code !== 'index_not_found' ? 'REFUSED' : 'UNAVAILABLE';
  return new EngineFault(kind, `A task of Meilisearch ${status} (${error.code}: ${shortened(error.message)}).`);
}

const shortened = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text);

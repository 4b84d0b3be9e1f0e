// Meilisearch is gone for a while and 100 records a second are changed: what readers get, and when all is in again.
import { setTimeout } from 'node:timers/promises';
import { Pool } from 'pg';
import { search, state } from './asking.mjs';
import { retitle, somePractices } from './titles.mjs';

const perSecond = 100;
const giveUp = 300_000;

/** Writes on a clock, whether or not the write before is done. */
async function writes(url, ids, seconds) {
  const pool = new Pool({ connectionString: url, max: 4 });
  const connection = { query: (text) => pool.query(text) };
  const began = performance.now();
  const done = [];
  const tag = `outage${Date.now()}`;
  for (let index = 0; index < seconds * perSecond; index += 1) {
    await setTimeout(Math.max(0, began + (index * 1_000) / perSecond - performance.now()));
    const word = `${tag}x${index}`;
    const id = ids[index % ids.length];
    done.push(retitle(connection, [{ id, title: `Changed ${word}` }]).then(() => [id, word]));
  }
  const last = new Map(await Promise.all(done));
  await pool.end();
  return last;
}

async function reads(server, signal) {
  const seen = { answers: 0, degraded: 0, failed: 0, slowest: 0 };
  while (!signal.aborted) {
    const { found, milliseconds } = await search(server, { query: 'workshop' }).catch(() => ({
      found: null,
      milliseconds: 0,
    }));
    seen.answers += 1;
    if (found === null) seen.failed += 1;
    if (found?.degraded) seen.degraded += 1;
    seen.slowest = Math.max(seen.slowest, milliseconds);
    await setTimeout(100);
  }
  return seen;
}

/** `stop` and `start` are those of the engine's server, or of the line to it. */
export async function outage({ server, stage, seconds, stop, start }) {
  const practices = await somePractices(stage, 2_000);
  await stop();
  const over = new AbortController();
  const reading = reads(server, over.signal);
  const last = await writes(
    stage.url,
    practices.map(({ id }) => id),
    seconds,
  );
  over.abort();
  const readers = await reading;
  await start();
  const began = performance.now();
  const since = () => performance.now() - began;
  let isBack;
  for (let now = await state(server); ; now = await state(server)) {
    if (!now.degraded) isBack ??= since();
    if (!now.degraded && now.freshness?.lag === 0) break;
    if (since() > giveUp) throw new Error('The index did not catch up.');
    await setTimeout(250);
  }
  const converged = since();
  const missing = await lost(server, last);
  await retitle(stage, practices);
  return { readers, back: isBack, converged, missing };
}

/** Of the last writes those that are not found: none may be missing. */
async function lost(server, last) {
  let missing = 0;
  for (const [id, word] of [...last].slice(-100)) {
    const { found } = await search(server, { query: word }, 1);
    if (found.degraded || !found.nodes.some((hit) => hit.id === id)) missing += 1;
  }
  return missing;
}

// Milliseconds over HTTP, one reader at a time: of the mix, of long questions, of words that no record has together.
import { setTimeout } from 'node:timers/promises';
import { search, spread } from './asking.mjs';

/** Asked before anything counts, every question twice: plans, stems, connections and compiled code are there then. */
const warm = 400;

/** Times of the engine that is measured; answers in its place, because it was too slow, are only counted. */
async function timesOf(server, questions, requests) {
  const times = [];
  for (let index = 0; index < requests; index += 1) {
    const { found, milliseconds } = await search(server, questions[index % questions.length]);
    if (found.degraded) await setTimeout(100);
    else times.push(milliseconds);
  }
  return { times, degraded: requests - times.length };
}

/** Of these questions those that were relaxed to any of their words: the others measure something else. */
async function relaxed(server, questions) {
  const kept = [];
  for (const question of questions) if ((await search(server, question)).found.relaxed?.isAnyWord) kept.push(question);
  return kept;
}

export async function latency({ server, questions, requests }) {
  const results = {};
  for (const kind of ['mix', 'long', 'some']) {
    const asked = kind === 'mix' ? questions.mix : await relaxed(server, questions[kind]);
    if (asked.length === 0) continue;
    await timesOf(server, asked, Math.min(warm, requests));
    const { times, degraded } = await timesOf(server, asked, requests);
    results[kind] = { ...spread(times), degraded };
  }
  return results;
}

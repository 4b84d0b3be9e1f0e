// What nothing costs on this machine: a statement that reads nothing, and an HTTP answer that is always the same.
import { ask } from '../stage.mjs';
import { spread } from './asking.mjs';

async function timesOf(requests, work) {
  const times = [];
  for (let index = -100; index < requests; index += 1) {
    const began = performance.now();
    await work();
    if (index >= 0) times.push(performance.now() - began);
  }
  return spread(times);
}

export async function yardsticks(stage, requests) {
  const constant = await stage.other('search/constant.mjs', '/');
  return {
    statement: await timesOf(requests, () => stage.query('select 1')),
    answer: await timesOf(requests, () => ask(constant, { query: '{ nothing }' })),
  };
}

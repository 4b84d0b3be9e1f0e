// How long after its commit a change is found, by the relay of a server that runs.
import { setTimeout } from 'node:timers/promises';
import { percentile, search } from './asking.mjs';
import { retitle, somePractices } from './titles.mjs';

const giveUp = 60_000;

export async function visible({ server, stage, tries = 15 }) {
  const practices = await somePractices(stage, tries);
  const times = [];
  for (const [index, { id }] of practices.entries()) {
    // Nothing has this word, and digits keep it from being taken for another one.
    const word = `visible${process.pid}${Date.now()}x${index}`;
    await retitle(stage, [{ id, title: `Seen ${word}` }]);
    const committed = performance.now();
    while (!(await search(server, { query: word }, 1)).found.nodes.some((hit) => hit.id === id)) {
      if (performance.now() - committed > giveUp) throw new Error(`${id} was not found within ${giveUp} ms.`);
      await setTimeout(10);
    }
    times.push(performance.now() - committed);
    // Changes come at any moment of the relay's round.
    await setTimeout(137 + index * 31);
  }
  await retitle(stage, practices);
  return {
    median: percentile(times, 0.5),
    slowest: Math.max(...times),
    late: times.filter((each) => each > 1_000).length,
    tries: times.length,
  };
}

// What our server adds to the time of Meilisearch: over what that tells of itself, and over its answers as they came.
import { search, spread } from './asking.mjs';

export async function overhead({ server, meter, questions, requests }) {
  const [overTold, overAnswers] = [[], []];
  for (let index = -400; index < requests; index += 1) {
    Object.assign(meter, { processing: 0, roundTrip: 0 });
    const { found, milliseconds } = await search(server, questions.mix.at(index % questions.mix.length));
    if (index < 0 || found.degraded) continue;
    overTold.push(milliseconds - meter.processing);
    overAnswers.push(milliseconds - meter.roundTrip);
  }
  return { told: spread(overTold), answers: spread(overAnswers) };
}

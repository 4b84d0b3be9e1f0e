import { expect, test } from 'vitest';
import { aDatabase } from '../support/database.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase('seeded');
const graph = await aGraph(database);

const wholeEvent = `query ($slug: String!) { event(slug: $slug) {
  title alternativeTitle types ordinal startDate startDatePrecision endDate endDatePrecision mode confidence
  city { name } venue { name } region { code } project { acronym programme { name keyAction actionType } } host { name }
  themes { notation } formats objectives method description participantCountries { name level } agenda decisions
  followUps practicesPresented
  roles { role label contribution partner { slug } session { day types } }
  sessions { day position types subject venue { name } visited { name parent { name } } practices { title }
    roles { role label partner { slug } } } } }`;

test('whole', async () => {
  const one = await graph.run(wholeEvent, { slug: 'innocrafts-barcelona-2012' });
  console.log(JSON.stringify(one, null, 1));
  const two = await graph.run(wholeEvent, { slug: 'scale-sme-coordination-meeting-2021' });
  console.log(JSON.stringify(two, null, 1));
  expect(1).toBe(1);
});

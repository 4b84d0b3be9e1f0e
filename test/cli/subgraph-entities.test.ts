import { describe, expect, test } from 'vitest';
import { realKeys } from '../../src/cli/subgraph-check/keys.js';
import { seedId } from '../../src/graph/ids.js';
import { aDatabase } from '../support/database.js';
import { aGraph } from '../support/graph.js';
import { aHandmade, answering, aPartner, fuse, handmade, pairing, probed, right } from '../support/partner-service.js';

test('a partner that answers as it should passes, asked for records of the seeds', async () => {
  expect(await probed(await aPartner())).toEqual([]);
  expect(await probed(await answering(handmade))).toEqual([]);
});

test('the keys that are asked as real ones are those of the seeded database', async () => {
  const graph = await aGraph(await aDatabase('seeded'));
  for (const type of ['GoodPractice', 'Partner', 'Project', 'Region', 'Transfer', 'Event', 'Theme', 'Source']) {
    const ids = await realKeys(type, 'id');
    const { data, errors } = await graph.run('query Nodes($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', {
      ids,
    });
    expect(errors).toEqual([]);
    expect(data['nodes']).toEqual(ids.map((id) => ({ __typename: type, id })));
    expect(ids.length).toBeGreaterThan(3);
  }
});

describe('_entities', () => {
  const noKey = /^warning: Nothing of what it answers for a Workshop was seen: no real key is known here\.$/;
  const broken = 'breaks the whole answer';
  test.each([
    [
      'an entity for an unknown key',
      aPartner({ practice: (reference) => reference }),
      [
        /^fault: It answers an entity for an unknown key of GoodPractice: \{"id":"gp_\w{26}"\}\.$/,
        /^fault: It answers an entity for a malformed key of GoodPractice: \{"id":""\}\.$/,
        noKey,
      ],
    ],
    [
      'an error for one of the real keys',
      aPartner({
        practice: async (reference) => {
          if (reference.id === seedId('gp', 'empremtes-de-catalunya')) throw new Error('No\u001b[2J such practice');
          return right.practice(reference);
        },
      }),
      [/^fault: It answers real keys of GoodPractice with an error: No \[2J such practice\.$/],
    ],
    [
      'nothing for any real key',
      aPartner({ practice: () => null }),
      [/^warning: Nothing of what it answers for a GoodPractice was seen: it knows none of 37 records/, noKey],
    ],
    [
      'a text for a list',
      answering({ ...handmade, workshops: 'Pairing' }),
      [
        /^fault: It answers a GoodPractice that is not as its SDL says: workshops: Expected Iterable, but did not find one/,
        noKey,
      ],
    ],
    [
      'a text for a number',
      answering({ ...handmade, workshops: [{ ...pairing, places: '12' }] }),
      [/not as its SDL says: GoodPractice\.workshops\.0\.places: "12" instead of 12\.$/],
    ],
    [
      'null for what is never null',
      answering({ ...handmade, workshops: [{ ...pairing, title: null }] }),
      [/not as its SDL says: workshops\.0\.title: Cannot return null for non-nullable field Workshop\.title\.\.$/],
    ],
    [
      'another key',
      answering({ ...handmade, id: 'gp_other' }),
      [/not as its SDL says: it has another key than was asked/],
    ],
    [
      'another type',
      answering({ ...handmade, __typename: 'Workshop' }),
      [
        /not as its SDL says: it has another key than was asked/,
        /GoodPractice\.__typename: "Workshop" instead of "GoodPractice"/,
      ],
    ],
    [
      'fewer entities than keys',
      aHandmade((representations) => ({ _entities: representations.slice(1).map(() => null) })),
      [
        /does not answer real keys of GoodPractice: 36 entities for 37 keys/,
        /An unknown key of GoodPractice breaks the whole answer: 1 entities for 2 keys/,
        /A malformed key of GoodPractice breaks/,
        noKey,
        /unknown key of Workshop/,
        /malformed key of Workshop/,
      ],
    ],
    [
      'brackets without end',
      aHandmade(
        (representations) => ({ _entities: representations.map(() => 'DEEP') }),
        '['.repeat(40_000) + ']'.repeat(40_000),
      ),
      [/^fault: Its answer is nested too deeply to be read\.$/],
    ],
    [
      'no list at all',
      aHandmade(() => ({ _entities: {} })),
      [
        /real keys of GoodPractice: _entities is no list/,
        /unknown key of GoodPractice/,
        /malformed key of GoodPractice/,
        noKey,
        /unknown key of Workshop/,
        /malformed key of Workshop/,
      ],
    ],
    [
      'an error that is thrown at once',
      aPartner({
        practice: (reference) => {
          if (reference.id !== fuse) throw new Error('No such practice');
          return right.practice(reference);
        },
      }),
      [
        /^fault: It does not answer real keys of GoodPractice: No such practice\.$/,
        /^fault: An unknown key of GoodPractice breaks the whole answer: No such practice\.$/,
        /^fault: A malformed key of GoodPractice breaks the whole answer: No such practice\.$/,
        noKey,
      ],
    ],
    [
      'nothing when one key is malformed',
      aHandmade((representations) =>
        representations.some(({ id }) => typeof id !== 'string')
          ? null
          : {
              _entities: representations.map(({ __typename, id }) =>
                id === fuse ? handmade : __typename === 'Workshop' && id === 'pairing' ? pairing : null,
              ),
            },
      ),
      [
        new RegExp(`^fault: A malformed key of GoodPractice ${broken}: _entities is no list\\.$`),
        new RegExp(`^fault: A malformed key of Workshop ${broken}`),
      ],
    ],
  ])('%s', async (_, partner, lines) => {
    const found = await probed(await partner);
    expect(found).toEqual(lines.map((line) => expect.stringMatching(line) as string));
  });
});

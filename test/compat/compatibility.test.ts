import { graphql, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { compose } from '../../src/graph/compose.js';
import { gatewayExecutor, localService, type SubgraphService } from '../../src/graph/gateway/gateway.js';
import { createPlanner } from '../../src/graph/gateway/planner.js';
import { depot, members, shelf } from './library.js';

// What Apollo's suite asks of a subgraph library, and of a router in front of it, in cases of our own. Its traces in the
// `ftv1` format are left out: they are Apollo's own, and ours are those of W3C.
const all = [shelf, members, depot];
const composition = compose(all);
const asked: string[] = [];
const services = new Map<string, SubgraphService>(
  all.map((member) => [
    member.name,
    (request, context) => {
      asked.push(member.name);
      return localService(member)(request, context);
    },
  ]),
);
const plan = await createPlanner(composition.supergraphSdl);
const router = gatewayExecutor({ ...composition, plan, services, local: all });

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Of the subgraph alone. */
const alone = async (source: string, variableValues?: Record<string, unknown>) =>
  plain(await graphql({ schema: shelf.schema, source, variableValues }));

/** Of all of them, behind the planner. */
async function behind(source: string): Promise<unknown> {
  asked.length = 0;
  return plain(await router.execute({ document: parse(source), context: { subgraph: () => ({}) } }));
}

const entity = (representation: object, selection: string) =>
  alone(`query ($refs: [_Any!]!) { _entities(representations: $refs) { ${selection} } }`, { refs: [representation] });

async function sdl(): Promise<string> {
  const { data } = (await alone('{ _service { sdl } }')) as { data: { _service: { sdl: string } } };
  return data._service.sdl.replaceAll(/\s+/g, ' ');
}

describe('the types of the specification', () => {
  test('_service tells the schema, with its link to Federation 2', async () => {
    expect(await sdl()).toMatch(/@link\( ?url: "https:\/\/specs\.apollo\.dev\/federation\/v2\.9"/);
  });

  test.each([
    ['_Service', 'OBJECT'],
    ['_Any', 'SCALAR'],
    ['_Entity', 'UNION'],
  ])('%s is a type of kind %s', async (name, kind) => {
    expect(await alone(`{ __type(name: "${name}") { kind } }`)).toEqual({ data: { __type: { kind } } });
  });

  test('_Entity is every type with a key', async () => {
    expect(await alone('{ __type(name: "_Entity") { possibleTypes { name } } }')).toEqual({
      data: { __type: { possibleTypes: ['Book', 'Hall', 'Member', 'OldBook', 'Study'].map((name) => ({ name })) } },
    });
  });
});

describe('@key', () => {
  test('single', async () => {
    expect(await entity({ __typename: 'Book', id: 'b1' }, '... on Book { isbn }')).toEqual({
      data: { _entities: [{ isbn: '978-0' }] },
    });
  });

  test('of several fields', async () => {
    const old = { __typename: 'OldBook', isbn: '977-0', edition: 'first' };
    expect(await entity(old, '... on OldBook { reason }')).toEqual({
      data: { _entities: [{ reason: 'Read the second edition.' }] },
    });
  });

  test('of an object', async () => {
    const study = { __typename: 'Study', paper: { number: 'p7' } };
    expect(await entity(study, '... on Study { paper { title } }')).toEqual({
      data: { _entities: [{ paper: { title: 'On looms' } }] },
    });
  });

  test.each([{ id: 'b1' }, { isbn: '978-0', edition: 'second' }, { isbn: '978-0', print: { id: 'large' } }])(
    'repeated, by %j',
    async (key) => {
      expect(await entity({ __typename: 'Book', ...key }, '... on Book { id }')).toEqual({
        data: { _entities: [{ id: 'b1' }] },
      });
    },
  );

  test('that names nothing is null', async () => {
    expect(await entity({ __typename: 'Book', id: 'b9' }, '... on Book { id }')).toEqual({
      data: { _entities: [null] },
    });
  });
});

describe('behind the planner', () => {
  test('@requires hands over what another subgraph knows, be it in an object', async () => {
    expect(await behind('{ book(id: "b1") { delivery(zip: "94111") { days } } }')).toEqual({
      data: { book: { delivery: { days: 12 } } },
    });
    expect(asked).toEqual(['shelf', 'depot']);
  });

  test('@requires joins a field from elsewhere with one that is provided', async () => {
    expect(await behind('{ book(id: "b1") { curator { loansPerYear } } }')).toEqual({
      data: { book: { curator: { loansPerYear: 12 } } },
    });
    expect(asked).toEqual(['shelf', 'members', 'shelf']);
  });

  test('@provides spares a way: the subgraph that owns the field is not asked', async () => {
    expect(await behind('{ book(id: "b1") { curator { email loans } } }')).toEqual({
      data: { book: { curator: { email: 'ada@library.test', loans: 120 } } },
    });
    expect(asked).toEqual(['shelf']);
  });

  test('@external and @extends: a type of elsewhere has its other fields from there', async () => {
    expect(await behind('{ book(id: "b1") { curator { years } } }')).toEqual({
      data: { book: { curator: { years: 10 } } },
    });
    expect(asked).toEqual(['shelf', 'members']);
  });

  test('@shareable: either may answer', async () => {
    expect(await behind('{ book(id: "b1") { size { height weight } } }')).toEqual({
      data: { book: { size: { height: 24, weight: 0.5 } } },
    });
  });

  test('@override: the new owner answers', async () => {
    expect(await behind('{ book(id: "b1") { curator { name } } }')).toEqual({
      data: { book: { curator: { name: 'Ada of the shelf' } } },
    });
  });

  test('@interfaceObject adds a field to whatever implements the interface', async () => {
    expect(await behind('{ hall(id: "h1") { __typename id oldBooks { isbn reason } } }')).toEqual({
      data: {
        hall: { __typename: 'OpenHall', id: 'h1', oldBooks: [{ isbn: '977-0', reason: 'Read the second edition.' }] },
      },
    });
  });

  test('a deprecated field still answers', async () => {
    expect(await behind('{ oldBook(isbn: "977-0", edition: "first") { reason } }')).toEqual({
      data: { oldBook: { reason: 'Read the second edition.' } },
    });
  });
});

describe('what only the schema tells', () => {
  test('@tag is in the supergraph', () => {
    expect(composition.supergraphSdl).toMatch(/notes: String[^\n]*@tag\(name: "internal"\)/);
  });

  test('@inaccessible hides a field from clients, and the subgraph still answers it', async () => {
    expect(composition.publicSdl).not.toContain('unit');
    expect(await alone('{ book(id: "b1") { size { unit } } }')).toEqual({ data: { book: { size: { unit: 'kg' } } } });
  });

  test('@composeDirective carries a directive of its own into the supergraph', () => {
    expect(composition.supergraphSdl).toMatch(/@lending\(days: 14\)/);
  });
});

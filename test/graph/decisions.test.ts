import { buildSchema, parse, type OperationDefinitionNode } from 'graphql';
import { expect, test } from 'vitest';
import { decisions, type Role } from '../../src/graph/decisions.js';

const schema = buildSchema(`
  interface Named { name: String secret: String }
  type Person implements Named { name: String secret: String mail: String friends: [Person] }
  type Town implements Named { name: String secret: String }
  union Any = Person | Town
  type Query { person: Person named: Named any: Any _entities: [Any] }
  type Mutation { personCreate: Person }
`);

const office: readonly Role[] = ['REVIEWER', 'ADMIN'];
const table: Record<string, readonly Role[]> = {
  'Person.mail': ['PARTNER', ...office],
  'Town.secret': office,
  'Mutation.personCreate': ['ADMIN'],
};
const judge = decisions(schema, (type, field) => table[`${type}.${field}`]);

const refused = (text: string, role: Role, index = 0) => {
  const document = parse(text);
  const operation = document.definitions[index] as OperationDefinitionNode;
  return judge(document, operation, role).map(({ message }) => /`(.*?)`/.exec(message)?.[1]);
};

test.each([
  ['at once', '{ person { name mail } }'],
  ['by another name', '{ person { name: mail } }'],
  ['deep', '{ person { friends { friends { mail } } } }'],
  ['in a fragment', '{ person { ...A } } fragment A on Person { friends { ...B } } fragment B on Person { mail }'],
  ['in a part without a type', '{ person { ... { ... @include(if: true) { mail } } } }'],
  ['behind an interface', '{ named { ... on Person { mail } } }'],
  ['behind a union', '{ any { ... on Person { mail } } }'],
  ['behind an interface behind a union', '{ any { ... on Named { ... on Person { mail } } } }'],
  ['as an entity', '{ _entities { ... on Person { mail } } }'],
  ['where it is left out', '{ person { mail @skip(if: true) } }'],
])('a field is decided wherever it is asked for: %s', (_, text) => {
  expect(refused(text, 'ANONYMOUS')).toEqual(['Person.mail']);
  expect(refused(text, 'SERVICE')).toEqual(['Person.mail']);
  expect(refused(text, 'PARTNER')).toEqual([]);
});

test('a field of an interface is for those who may ask for it of every type', () => {
  expect(refused('{ named { secret } }', 'PARTNER')).toEqual(['Town.secret']);
  expect(refused('{ named { ... on Person { secret } } }', 'PARTNER')).toEqual([]);
  expect(refused('{ named { secret } }', 'ADMIN')).toEqual([]);
});

test('a mutation is a field, and introspection is for everyone', () => {
  expect(refused('mutation { personCreate { name } }', 'REVIEWER')).toEqual(['Mutation.personCreate']);
  expect(refused('mutation { personCreate { name } }', 'ADMIN')).toEqual([]);
  expect(refused('{ __schema { types { name } } __type(name: "Person") { fields { name } } }', 'ANONYMOUS')).toEqual(
    [],
  );
});

test('only the operation counts that is asked for', () => {
  const text = 'query A { person { name } } query B { person { mail } }';
  expect(refused(text, 'ANONYMOUS', 0)).toEqual([]);
  expect(refused(text, 'ANONYMOUS', 1)).toEqual(['Person.mail']);
});

test('a refusal names the field, its place, who may ask, and the way out', () => {
  const document = parse('{ person {\n mail } }');
  const told = (role: Role) =>
    judge(document, document.definitions[0] as OperationDefinitionNode, role).map((error) => error.toJSON());
  expect(told('ANONYMOUS')).toEqual([
    {
      message:
        '`Person.mail` is for PARTNER, REVIEWER, ADMIN. Sign in with `Authorization: Bearer …`, or leave it out.',
      locations: [{ line: 2, column: 2 }],
      extensions: { code: 'UNAUTHENTICATED' },
    },
  ]);
  expect(told('SERVICE')).toMatchObject([
    {
      message:
        '`Person.mail` is for PARTNER, REVIEWER, ADMIN. You are SERVICE: leave it out, or sign in as somebody else.',
      extensions: { code: 'FORBIDDEN' },
    },
  ]);
});

test('each fragment is walked once, however often it is spread', () => {
  const fragments = Array.from(
    { length: 40 },
    (_, n) => `fragment F${n} on Person { friends { ${n === 39 ? 'mail' : `...F${n + 1} ...F${n + 1}`} } }`,
  );
  expect(refused(`{ person { ...F0 } } ${fragments.join(' ')}`, 'ANONYMOUS')).toEqual(['Person.mail']);
});

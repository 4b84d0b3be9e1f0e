import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import { parse, type GraphQLSchema } from 'graphql';

/** A library as three subgraphs that use what Federation 2 has; ours use less of it, a partner's may use all. */
export interface Member {
  name: string;
  typeDefs: ReturnType<typeof parse>;
  schema: GraphQLSchema;
}

function member(name: string, sdl: string, resolvers: object): Member {
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
    "@key" "@shareable" "@provides" "@requires" "@external" "@tag" "@override" "@inaccessible" "@extends"
    "@composeDirective" "@interfaceObject"])\n`;
  const typeDefs = parse(link + sdl, { noLocation: true });
  return { name, typeDefs, schema: buildSubgraphSchema([{ typeDefs, resolvers: resolvers as GraphQLResolverMap }]) };
}

type Key = Record<string, string> & { print?: { id: string }; paper?: { number: string } };

const ada = { email: 'ada@library.test', name: 'Ada', loans: 120, years: 10 };
const book = {
  id: 'b1',
  isbn: '978-0',
  edition: 'second',
  print: { id: 'large' },
  size: { height: 24, weight: 0.5, unit: 'kg' },
  curator: ada,
  notes: null,
  studies: [{ paper: { number: 'p7', title: 'On looms' }, outcome: null }],
};
const old = { isbn: '977-0', edition: 'first', reason: 'Read the second edition.' };

export const shelf = member(
  'shelf',
  `extend schema @link(url: "https://specs.example.org/lending/v1.0", import: ["@lending"]) @composeDirective(name: "@lending")
  directive @lending(days: Int) on OBJECT
  type Book @key(fields: "id") @key(fields: "isbn edition") @key(fields: "isbn print { id }") @lending(days: 14) {
    id: ID!  isbn: String  edition: String  print: Print  size: Size  notes: String @tag(name: "internal")
    curator: Member @provides(fields: "loans")  studies: [Study!]! }
  type Print { id: ID! }
  type Size @shareable { height: Float  weight: Float  unit: String @inaccessible }
  type Study @key(fields: "paper { number }") { paper: Paper!  outcome: String }
  type Paper { number: ID!  title: String }
  type OldBook @key(fields: "isbn edition") { isbn: String!  edition: String!  reason: String }
  type Hall @interfaceObject @key(fields: "id") { id: ID!  oldBooks: [OldBook!]! }
  type Member @extends @key(fields: "email") { email: ID! @external  name: String @override(from: "members")
    loans: Int @external  years: Int! @external  loansPerYear: Int @requires(fields: "loans years") }
  type Query { book(id: ID!): Book  oldBook(isbn: String!, edition: String!): OldBook @deprecated(reason: "Ask for book.") }`,
  {
    Query: {
      book: (_: unknown, { id }: Key) => (id === book.id ? book : null),
      oldBook: (_: unknown, { isbn }: Key) => (isbn === old.isbn ? old : null),
    },
    Book: {
      __resolveReference: ({ id, isbn, edition, print }: Key) =>
        id === book.id || (isbn === book.isbn && (edition === book.edition || print?.id === book.print.id))
          ? book
          : null,
    },
    OldBook: { __resolveReference: ({ isbn }: Key) => (isbn === old.isbn ? old : null) },
    Study: {
      __resolveReference: ({ paper }: Key) => book.studies.find((each) => each.paper.number === paper?.number) ?? null,
    },
    Hall: { __resolveReference: ({ id }: Key) => ({ id, oldBooks: [old] }) },
    Member: {
      __resolveReference: (key: Key) => ({ ...key, name: `${ada.name} of the shelf` }),
      name: () => `${ada.name} of the shelf`,
      loansPerYear: ({ loans, years }: { loans: number; years: number }) => Math.round(loans / years),
    },
  },
);

export const members = member(
  'members',
  `type Member @key(fields: "email") { email: ID!  name: String  loans: Int @shareable  years: Int! }`,
  { Member: { __resolveReference: ({ email }: Key) => (email === ada.email ? ada : null) } },
);

export const depot = member(
  'depot',
  `type Book @key(fields: "id") { id: ID!  size: Size @external  delivery(zip: String): Delivery @requires(fields: "size { height weight }") }
  type Size @shareable { height: Float  weight: Float }
  type Delivery { days: Int }
  interface Hall @key(fields: "id") { id: ID!  books: [Book!]! }
  type OpenHall implements Hall @key(fields: "id") { id: ID!  books: [Book!]! }
  type Query { hall(id: ID!): Hall }`,
  {
    Query: { hall: (_: unknown, { id }: Key) => ({ __typename: 'OpenHall', id, books: [{ id: book.id }] }) },
    Hall: { __resolveType: () => 'OpenHall', __resolveReference: ({ id }: Key) => ({ __typename: 'OpenHall', id }) },
    Book: {
      delivery: ({ size }: { size?: { height: number; weight: number } }, { zip }: Key) => ({
        days: size && zip === '94111' ? Math.ceil(size.height * size.weight) : null,
      }),
    },
  },
);

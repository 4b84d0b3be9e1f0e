import { gzipSync } from 'node:zlib';

/** A request that somebody sends who means harm, or has not thought. */
export interface Hostile {
  name: string;
  /** The codes that may answer it, and the HTTP status. */
  status: number;
  code: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}

const times = (count: number, text: (index: number) => string, between = ' ') =>
  Array.from({ length: count }, (_, index) => text(index)).join(between);
const nested = (open: string, inner: string, count: number) =>
  `${open.repeat(count)}${inner}${'}'.repeat(open.split('{').length * count - count)}`;

const limit = { status: 400, code: 'LIMIT_EXCEEDED' };
const cost = { status: 400, code: 'COST_EXCEEDED' };
const invalid = { status: 400, code: 'GRAPHQL_VALIDATION_FAILED' };
const input = { status: 400, code: 'BAD_USER_INPUT' };

type Document = [name: string, answer: { status: number; code: string }, query: string, variables?: unknown];

const rows = '{ regions(first: $n) { nodes { code } } }';
const typeRef = (depth: number) => nested('type { ofType { ', 'name', depth);

const documents: Document[] = [
  ['fields 40 deep', limit, `{ ${nested('regions { nodes { ', 'code', 20)} }`],
  ['a chain of parents', limit, `{ region(code: "IT") { ${nested('parent { ', 'code', 30)} } }`],
  ['fields that lead back', limit, `{ partners { nodes { ${nested('region { partners { nodes { ', 'slug', 5)} } } }`],
  ['1,000 same fields', limit, `{ ${times(1_001, () => '__typename')} }`],
  ['1,000 same lists', limit, `{ ${times(400, () => 'regions { nodes { code } }')} }`],
  ['31 aliases of a list', limit, `{ ${times(31, (n) => `a${n}: regions { totalCount }`)} }`],
  ['1,000 aliases of a leaf', limit, `{ region(code: "IT") { ${times(900, (n) => `a${n}: code`)} } }`],
  [
    'aliases hidden in fragments',
    limit,
    `fragment A on Query { ${times(8, (n) => `a${n}: __typename`)} } { ${times(5, () => '...A')} }`,
  ],
  [
    'fragments that double',
    limit,
    `${times(40, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)} fragment F40 on Query { __typename } { ...F0 }`,
  ],
  [
    'fragments that double with fields',
    limit,
    `${times(11, (n) => `fragment F${n} on Region { parent { ...F${n + 1} } a${n}: parent { ...F${n + 1} } }`)} fragment F11 on Region { code } { region(code: "IT") { ...F0 } }`,
  ],
  [
    '600 fragments in a row',
    limit,
    `${times(600, (n) => `fragment F${n} on Query { ...F${n + 1} }`)} fragment F600 on Query { __typename } { ${times(3, () => '...F0')} }`,
  ],
  ['a fragment of itself', invalid, 'fragment F on Region { parent { ...F } } { region(code: "IT") { ...F } }'],
  [
    'fragments in a circle',
    invalid,
    `${times(5, (n) => `fragment F${n} on Region { parent { ...F${(n + 1) % 5} } }`)} { region(code: "IT") { ...F0 } }`,
  ],
  [
    'every fragment in every other',
    invalid,
    `${times(5, (n) => `fragment F${n} on Query { ${times(5, (m) => `...F${m}`)} }`)} { ...F0 }`,
  ],
  ['a page of 100,000 in a variable', cost, `query ($n: Int) ${rows}`, { n: 100_000 }],
  ['a page of 100,000 as a default', cost, `query ($n: Int = 100000) ${rows}`],
  ['the largest page there is', cost, `query ($n: Int) ${rows}`, { n: 2_147_483_647 }],
  ['a page beyond every number', input, `query ($n: Int) ${rows}`, { n: 1e300 }],
  ['pages in pages', cost, '{ regions(first: 100) { nodes { partners(first: 100) { nodes { slug } } } } }'],
  [
    'pages in pages in pages',
    cost,
    '{ projects(first: 100) { nodes { participations(first: 50) { nodes { partner { participations { nodes { partner { slug } } } } } } } } }',
  ],
  ['pages from the end', cost, '{ regions(last: 100) { nodes { descendants(last: 100) { nodes { code } } } } }'],
  [
    'edges beside nodes',
    cost,
    '{ regions(first: 100) { nodes { children(first: 50) { nodes { code } } } edges { node { children(first: 50) { nodes { code } } } } } }',
  ],
  ['wide rows', cost, `{ partners(first: 100) { nodes { ${times(25, (n) => `a${n}: slug`)} } } }`],
  [
    '@include that includes',
    cost,
    'query ($yes: Boolean = true) { regions(first: 100) @include(if: $yes) { nodes { descendants(first: 100) @skip(if: false) { nodes { code } } } } }',
  ],
  ['an argument that is misspelt 400 times', limit, `{ ${times(400, () => 'regions(fisrt: 1) { totalCount }')} }`],
  ['400 same lists with the same arguments', limit, `{ ${times(400, () => 'regions(first: 1) { totalCount }')} }`],
  [
    'fragments that repeat each other',
    limit,
    `${times(45, (n) => `fragment F${n} on Region { parent { ${times(9, () => 'parent { code }')} } }`)} { region(code: "IT") { ${times(45, (n) => `...F${n}`)} } }`,
  ],
  ['800 directives', limit, `{ __typename ${times(800, () => '@skip(if: 0)')} }`],
  ['unknown directives', limit, `{ __typename ${times(2_000, () => '@a')} }`],
  ['a list of 4,000 ids', cost, `{ nodes(ids: [${times(2_400, () => '"rgn_0"')}]) { id } }`],
  [
    'a list of 4,000 ids in a variable',
    cost,
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    { ids: Array.from({ length: 4_000 }, () => 'rgn_0') },
  ],
  [
    'a where of 2,000 levels',
    input,
    'query ($w: RegionWhere) { regions(where: $w) { totalCount } }',
    JSON.parse(`{"w":${'{"not":'.repeat(2_000)}{}${'}'.repeat(2_001)}`),
  ],
  [
    '20,000 values of the wrong type',
    input,
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    { ids: Array.from({ length: 20_000 }, () => ({})) },
  ],
  ['a variable of the wrong type', input, `query ($n: Int) ${rows}`, { n: { toString: 'x' } }],
  ['introspection that goes on', limit, `{ __schema { types { fields { ${typeRef(8)} } } } }`],
  [
    'introspection in introspection',
    invalid,
    '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }',
  ],
  ['the whole schema three times', cost, `{ ${times(3, (n) => `a${n}: __schema { types { name } }`)} }`],
  ['5,001 tokens', limit, `{ ${times(5_001, () => 'a')} }`],
  ['2,000 open braces', { status: 400, code: 'GRAPHQL_PARSE_FAILED' }, '{ a '.repeat(2_000)],
  ['a name of 60 kB', invalid, `{ ${'r'.repeat(60_000)} }`],
  ['a type of 60 kB', invalid, `{ ... on ${'R'.repeat(60_000)} { a } }`],
  ['1,000 operations', limit, times(900, (n) => `query Q${n} { __typename }`)],
  ['1,000 variables', limit, `query (${times(900, (n) => `$v${n}: Int`)}) { __typename }`],
  ['a string without end', { status: 400, code: 'GRAPHQL_PARSE_FAILED' }, `{ region(code: "${'x'.repeat(60_000)}`],
];

const json = { 'content-type': 'application/json' };
const large = JSON.stringify({ query: `{ __typename } #${'x'.repeat(2_000_000)}` });

/** Forty and more; the last ones are refused before they are GraphQL. */
export const hostile: Hostile[] = [
  ...documents.map(([name, answer, query, variables]) => ({
    name,
    ...answer,
    body: JSON.stringify({ query, variables }),
  })),
  { name: 'a body of 2 MB', status: 413, code: 'BAD_REQUEST', body: large },
  {
    name: 'a body that is small until it is inflated',
    status: 415,
    code: 'BAD_REQUEST',
    body: gzipSync(large),
    headers: { 'content-encoding': 'gzip' },
  },
  { name: 'a body of no form', status: 400, code: 'BAD_REQUEST', body: '{"query":' },
  {
    name: 'an array of 1,000 requests',
    status: 400,
    code: 'BAD_REQUEST',
    body: JSON.stringify(Array.from({ length: 1_000 }, () => ({ query: '{__typename}' }))),
  },
].map((each) => ({ ...each, headers: { ...json, ...('headers' in each ? (each.headers as object) : {}) } }));

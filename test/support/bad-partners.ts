import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { setInterval } from 'node:timers';
import { gzipSync } from 'node:zlib';
import { endless } from '../../src/graph/joining/said.js';
import { federationLink, fuse, handmade } from './partner-service.js';

/** A partner's SDL that may not join, under the name of its subgraph. */
export interface BadSdl {
  name: string;
  sdl: string;
  /** How the check begins its first fault. */
  says: string;
  /** How a gateway begins to tell why it is left out. */
  logged: string;
}

const refused = (name: string, types: string, reason: string): BadSdl => ({
  name,
  sdl: `${federationLink('@override', '@inaccessible')}${types}`,
  says: `policy: ${reason}`,
  logged: reason,
});
const unread = (name: string, sdl: string, reason: string): BadSdl => ({
  name,
  sdl,
  says: `parse: ${reason}`,
  logged: reason,
});
const unfit = (name: string, types: string, reason: string): BadSdl => ({
  name,
  sdl: `${federationLink()}${types}`,
  says: `composition: The composer refuses it: ${reason}`,
  logged: reason === endless ? endless : `The subgraphs do not compose. - ${reason}`,
});

export const badSdls: readonly BadSdl[] = [
  unread('does-not-parse', 'type GoodPractice {', 'It is not GraphQL: Syntax Error: Expected Name, found <EOF>.'),
  unread('is-a-page', '<!doctype html>', 'It is not GraphQL: Syntax Error: Unexpected character: "<".'),
  unread('is-empty', '', 'It is not GraphQL: Syntax Error: Unexpected <EOF>.'),
  unread('is-a-query', '{ goodPractices { totalCount } }', 'It holds an operation or a fragment.'),
  unread('has-10-mb', `# ${'x'.repeat(10_000_000)}`, 'It is too large to be read: 10000002 bytes.'),
  unread('nests', `type A { a: ${'['.repeat(50_000)}`, 'It is nested too deeply to be read.'),
  unfit(
    'does-not-compose',
    'type GoodPractice @key(fields: "id") { id: ID! "Seen." seen: Nowhere }',
    'INVALID_GRAPHQL: [does-not-compose] Unknown type Nowhere',
  ),
  unfit(
    'loops-by-inputs',
    'type Query { "A." loopsByInputs("B." again: Again): Int } "C." input Again { "D." again: Again! }',
    'INVALID_GRAPHQL: [loops-by-inputs] Cannot reference Input Object "Again" within itself',
  ),
  unfit(
    'loops-by-defaults',
    'type Query { "A." loopsByDefaults("B." again: Again): Int } "C." input Again { "D." again: Again = {} }',
    endless,
  ),
  unfit(
    'loops-by-interfaces',
    '"A." interface One implements Two { "B." a: Int } "C." interface Two implements One { "D." a: Int }',
    'INVALID_GRAPHQL: [loops-by-interfaces] Type One cannot implement Two because it would create a circular reference.',
  ),
  refused(
    'shadows-our-field',
    'type GoodPractice @key(fields: "id") { id: ID! title: Int }',
    'GoodPractice.title is our field.',
  ),
  refused('shadows-our-root-field', 'type Query { partners: Int }', 'Query.partners is our field.'),
  refused(
    'takes-our-field',
    'type GoodPractice @key(fields: "id") { id: ID! title: String! @override(from: "practices") }',
    '@override is not for partners: it takes a field away from another subgraph.',
  ),
  refused(
    'claims-our-key',
    'type GoodPractice @key(fields: "id") @key(fields: "slug") { id: ID! slug: String! "A." seen: Int }',
    'A second key claims to know every GoodPractice by both',
  ),
  refused(
    'has-a-key-of-its-own',
    'type GoodPractice @key(fields: "id seen") { id: ID! "A." seen: Int }',
    '"id seen" is no key of GoodPractice.',
  ),
  refused(
    'is-never-null',
    'type GoodPractice @key(fields: "id") { id: ID! "A." seen: Int! }',
    'GoodPractice.seen is never null: when you are down, our answer would go down with it.',
  ),
  refused(
    'hides-our-type',
    'type GoodPractice @key(fields: "id") @inaccessible { id: ID! "A." seen: Int }',
    '@inaccessible on GoodPractice, which belongs to our type.',
  ),
  {
    name: 'weakens-our-key',
    sdl: `${federationLink()}type GoodPractice @key(fields: "slug") { slug: String "A." weakened: Int }`,
    says: 'diff: It would break the graph: GoodPractice.slug changed type from String! to String.',
    logged: 'It would break the graph: GoodPractice.slug changed type from String! to String.',
  },
  refused('has-fewer-choices', 'enum Confidence { STATED }', 'Confidence is our type, and no entity to add to.'),
  refused(
    'has-fewer-inputs',
    'input DecimalFilter { gte: Decimal } scalar Decimal',
    'DecimalFilter is our type, and no entity to add to.',
  ),
];

/** A service that cannot be used at all, so that it does not even tell its SDL. */
export interface BadService {
  name: string;
  answer: (response: ServerResponse) => unknown;
  isEndless?: true;
  /** What the check says of it. */
  says: string;
  /** What a gateway logs of it. */
  logged: string;
}

/** Milliseconds that the check and the gateway wait here; the check only for those that never end. */
export const patience = { check: 500, gateway: 3_000 };

const json = (response: ServerResponse, value: unknown) =>
  response.setHeader('content-type', 'application/json').end(JSON.stringify(value));

const notInTime = {
  isEndless: true as const,
  says: `It did not answer within ${patience.check} ms.`,
  logged: `did not answer within ${patience.gateway} ms`,
};
const tooMuch = {
  says: 'It answers more than 100000 bytes; the rest was not read.',
  logged: 'answered more than 5 MB',
};

function* spaces() {
  while (true) yield Buffer.alloc(10_000, ' ');
}

function drip(response: ServerResponse): void {
  response.setHeader('content-type', 'application/json');
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
}

export const badServices: readonly BadService[] = [
  { name: 'times-out', answer: () => undefined, ...notInTime },
  {
    name: 'breaks-off',
    answer: (response) => response.setHeader('content-type', 'application/json').write('{"data":'),
    ...notInTime,
  },
  { name: 'drips-without-end', answer: drip, ...notInTime },
  {
    name: 'floods-without-end',
    answer: (response) => {
      response.setHeader('content-type', 'application/json');
      Readable.from(spaces()).pipe(response);
    },
    ...tooMuch,
  },
  {
    name: 'loops-by-redirects',
    answer: (response) => response.writeHead(307, { location: '/graphql' }).end(),
    says: 'It redirects (307) to /graphql, and routers do not follow.',
    logged: 'answered status 307',
  },
  {
    name: 'answers-html',
    answer: (response) => response.setHeader('content-type', 'text/html').end('<!doctype html><h1>Hi</h1>'),
    says: 'It answers a page and no GraphQL (status 200, text/html: <!doctype html><h1>Hi</h1>).',
    logged: 'answered text/html instead of JSON',
  },
  {
    name: 'answers-10-mb',
    answer: (response) => json(response, { data: 'x'.repeat(10_000_000) }),
    ...tooMuch,
  },
  {
    name: 'answers-10-mb-in-a-parcel',
    answer: (response) =>
      response
        .setHeader('content-type', 'application/json')
        .setHeader('content-encoding', 'gzip')
        .end(gzipSync(`{"data":"${'x'.repeat(10_000_000)}"}`)),
    ...tooMuch,
    logged: 'answered packed as gzip, which was not asked for',
  },
  {
    name: 'answers-no-graphql',
    answer: (response) => json(response, ['fine']),
    says: 'It does not answer GraphQL (status 200, application/json: ["fine"]).',
    logged: 'answered something that is not a GraphQL answer',
  },
  {
    name: 'hangs-up',
    answer: (response) => response.destroy(),
    says: 'It cannot be reached: UND_ERR_SOCKET.',
    logged: 'cannot be reached: ECONNRESET',
  },
];

/** What a service answers that is as it should be until it is asked for entities: the value of `data`, as text. */
export interface BadAnswer {
  name: string;
  entities: (wanted: readonly { __typename: string; id: unknown }[]) => string;
  says: RegExp;
  /** What a gateway logs of it. */
  logged: string;
}

const each = (entity: unknown): BadAnswer['entities'] => {
  const text = JSON.stringify(entity);
  return (wanted) => `{"_entities":[${wanted.map(({ id }) => (id === fuse ? text : 'null')).join()}]}`;
};
const wrong = (what: string) => new RegExp(`^It answers a GoodPractice that is not as its SDL says: ${what}`);

export const badAnswers: readonly BadAnswer[] = [
  {
    name: 'a text for a list',
    entities: each({ ...handmade, workshops: 'Pairing' }),
    says: wrong('workshops: Expected Iterable'),
    logged:
      'answered what its schema does not allow: _entities.0.workshops: Expected Iterable, but did not find one for field "GoodPractice.workshops".',
  },
  {
    name: 'another type in a list',
    entities: each({ ...handmade, workshops: [['Pairing']] }),
    says: wrong('workshops.0.id: Cannot return null'),
    logged: 'answered what its schema does not allow: _entities.0.workshops.0.title: Expected an object.',
  },
  {
    name: 'brackets without end',
    entities: (wanted) =>
      each({ ...handmade, workshops: '…' })(wanted).replace('"…"', '['.repeat(40_000) + ']'.repeat(40_000)),
    says: /^Its answer is nested too deeply to be read\.$/,
    logged: 'answered something that is nested too deeply',
  },
  {
    name: 'fewer entities than keys',
    entities: () => '{"_entities":[]}',
    says: /^It does not answer real keys of GoodPractice: 0 entities for 37 keys/,
    logged: 'answered 0 entities for 1 keys',
  },
  {
    name: 'no list of entities',
    entities: () => `{"_entities":${JSON.stringify(handmade)}}`,
    says: /^It does not answer real keys of GoodPractice: _entities is no list/,
    logged: 'answered no list of entities',
  },
];

/** Answers with more than was asked for: none of it may come through. */
export const shadows: readonly Omit<BadAnswer, 'logged'>[] = [
  {
    name: 'a title in the place of ours',
    entities: each({ ...handmade, title: 'Theirs' }),
    says: wrong('GoodPractice.title: "Theirs" instead of nothing'),
  },
  {
    name: 'another key',
    entities: each({ ...handmade, id: 'gp_00000000000000000000000000' }),
    says: wrong('it has another key than was asked'),
  },
  {
    name: 'another type',
    entities: each({ ...handmade, __typename: 'Partner' }),
    says: wrong('it has another key than was asked'),
  },
];

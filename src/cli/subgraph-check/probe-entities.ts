import { isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { servedSchema } from '../../graph/joining/served-schema.js';
import { ask, type Answer, type Service } from './ask.js';
import { isNumeric, objectsIn, selectionOf, wrongIn } from './entities.js';
import { federationOf, keysOf } from '../../graph/joining/federation.js';
import { told, type Said } from '../../graph/joining/said.js';
import { malformedKeys, realKeys, unknownKey } from './keys.js';
import { find, typesOf, type SubgraphSdl } from '../../graph/joining/sdl.js';

export interface EntitiesOptions {
  service: Service;
  theirs: SubgraphSdl;
  ours: readonly SubgraphSdl[];
}

const fault = (message: string, mend: string, place: Said['theirs']): Said => ({
  level: 'fault',
  message,
  mend,
  ...(place && { theirs: place }),
});

interface Entity {
  type: GraphQLObjectType;
  key: string[];
  isOurs: boolean;
}

/** Asks for entities by keys that exist, that do not, and that are none; as many as one request of a reader may hold. */
export async function checkEntities(options: EntitiesOptions): Promise<Said[]> {
  const { theirs, ours } = options;
  const schema = servedSchema(theirs);
  const federation = federationOf(theirs);
  const found: Said[] = [];
  const met: Record<string, unknown>[] = [];
  const known = typesOf(theirs).flatMap((node): Entity[] => {
    const type = schema.getType(node.name.value);
    const [key] = keysOf(node, federation);
    const isPlain = key && /^[\w ]+$/.test(key.fields) && key.isResolvable;
    if (!isObjectType(type) || !isPlain) return [];
    return [{ type, key: key.fields.split(' '), isOurs: find(ours, type.name) !== undefined }];
  });
  // What hangs on our records shows the keys of theirs.
  for (const entity of known.toSorted((a, b) => Number(b.isOurs) - Number(a.isOurs))) {
    const real = entity.isOurs ? await ourKeys(entity) : keysMet(entity, met);
    found.push(...(await realOnes(entity, real, schema, options, met)));
    found.push(...(await unknownAndMalformed(entity, real[0], options)));
  }
  return found;
}

type Representation = Record<string, unknown>;

async function ourKeys({ type, key }: Entity): Promise<Representation[]> {
  const [field = ''] = key;
  const values = key.length === 1 ? await realKeys(type.name, field) : [];
  return values.map((value) => ({ __typename: type.name, [field]: value }));
}

function keysMet({ type, key }: Entity, met: readonly Record<string, unknown>[]): Representation[] {
  const own = met.filter((each) => each['__typename'] === type.name && key.every((field) => each[field] !== undefined));
  return own.slice(0, 50).map((each) => ({
    __typename: type.name,
    ...Object.fromEntries(key.map((field) => [field, each[field]])),
  }));
}

function askEntities({ type }: Entity, representations: Representation[], service: Service): Promise<Answer> {
  const selection = `__typename ... on ${type.name} ${selectionOf(type)}`;
  const query = `query Probe($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`;
  return ask(service, query, { representations });
}

/** The answered list; a text says what is no list of that length. */
function listOf({ data, errors }: Answer, length: number): unknown[] | string {
  const list: unknown = Object(data)['_entities'];
  if (!Array.isArray(list)) return errors.join(' ') || '_entities is no list';
  return list.length === length ? list : `${list.length} entities for ${length} keys`;
}

async function realOnes(
  entity: Entity,
  real: Representation[],
  schema: GraphQLSchema,
  options: EntitiesOptions,
  met: Record<string, unknown>[],
): Promise<Said[]> {
  const { type, isOurs } = entity;
  const place = find([options.theirs], type.name);
  const nothing = `Nothing of what it answers for a ${type.name} was seen`;
  const warning = (message: string, mend: string): Said => ({ ...fault(message, mend, place), level: 'warning' });
  if (real.length === 0)
    return [warning(`${nothing}: no real key is known here.`, 'Test _entities with keys of your own.')];
  const answer = await askEntities(entity, real, options.service);
  const list = listOf(answer, real.length);
  if (typeof list === 'string')
    return [
      fault(
        `It does not answer real keys of ${type.name}: ${list}.`,
        'Answer a list: for each key an entity or null, in their order.',
        place,
      ),
    ];
  const given = list.flatMap((each: unknown, index) => (each === null ? [] : [{ each, wanted: real[index] ?? {} }]));
  met.push(...objectsIn(list));
  return [
    ...answer.errors
      .slice(0, 3)
      .map((message) =>
        fault(
          `It answers real keys of ${type.name} with an error: ${message}.`,
          'Answer null for what you do not have.',
          place,
        ),
      ),
    ...(given.length === 0 && isOurs
      ? [
          warning(
            `${nothing}: it knows none of ${real.length} records of our seeds.`,
            'Add one of them to your data, to try it out.',
          ),
        ]
      : []),
    ...(await wrongValues(given, type, schema)).map((what) =>
      fault(
        `It answers a ${type.name} that is not as its SDL says: ${what}.`,
        'Answer the types that you declare.',
        place,
      ),
    ),
  ];
}

/** What is wrong with the first wrong one of some entities. */
async function wrongValues(
  given: { each: unknown; wanted: Representation }[],
  type: GraphQLObjectType,
  schema: GraphQLSchema,
): Promise<string[]> {
  for (const { each, wanted } of given) {
    const otherKey = isSame(each, wanted)
      ? []
      : [`it has another key than was asked, ${told(JSON.stringify(wanted), 80)}`];
    const wrong = [...otherKey, ...(await wrongIn(each, type, schema))];
    if (wrong.length > 0) return wrong.slice(0, 3);
  }
  return [];
}

const isSame = (entity: unknown, representation: Representation) =>
  Object.entries(representation).every(([name, value]) => Object(entity)[name] === value);

async function unknownAndMalformed(
  entity: Entity,
  real: Representation | undefined,
  options: EntitiesOptions,
): Promise<Said[]> {
  const { type, key } = entity;
  const place = find([options.theirs], type.name);
  const beside = real ? [real] : [];
  const unknown = Object.fromEntries(key.map((field) => [field, unknownKey(type.name, field, isNumeric(type, field))]));
  const malformed = malformedKeys.map((value) => Object.fromEntries(key.map((field) => [field, value])));
  const found: Said[] = [];
  for (const [kind, keys] of [
    ['an unknown key', [unknown]],
    ['a malformed key', malformed],
  ] as const) {
    const answer = await askEntities(
      entity,
      [...keys.map((each) => ({ __typename: type.name, ...each })), ...beside],
      options.service,
    );
    const list = listOf(answer, keys.length + beside.length);
    const mend = 'Answer null for it, and the others as ever: a request holds keys of many readers.';
    if (typeof list === 'string')
      found.push(fault(`${capital(kind)} of ${type.name} breaks the whole answer: ${list}.`, mend, place));
    else {
      const index = list.slice(0, keys.length).findIndex((each) => each !== null);
      if (index >= 0)
        found.push(
          fault(
            `It answers an entity for ${kind} of ${type.name}: ${told(JSON.stringify(keys[index]), 60)}.`,
            mend,
            place,
          ),
        );
    }
  }
  return found;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

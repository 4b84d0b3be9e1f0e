import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  type GraphQLInputObjectType,
  type GraphQLNamedType,
} from 'graphql';
import type { GraphValues } from './graph-values.js';
import type { Random } from './random.js';

/** Filters of keys, by the record that their values name. */
const namedBy: Record<string, string> = {
  assignee: 'Partner',
  destination: 'Region',
  host: 'Partner',
  origin: 'Region',
  owner: 'Partner',
  partner: 'Partner',
  policyInstrument: 'PolicyInstrument',
  practice: 'GoodPractice',
  programme: 'Programme',
  project: 'Project',
  proposedBy: 'Partner',
  receiver: 'Partner',
  region: 'Region',
  responsible: 'Partner',
  theme: 'Theme',
};
const countries = ['BG', 'EL', 'ES', 'FI', 'FR', 'HU', 'IE', 'IT', 'PL', 'RO', 'SE', 'SI'];
/** Values of each scalar that lists can be narrowed by. */
export const scalars: Record<string, unknown[]> = {
  Boolean: [true, false],
  Date: ['2010-01-01', '2012-06-30', '2021-01-01', '2024-12-31'],
  Decimal: ['0', '1000', '50000.5', '1000000'],
  Int: [0, 1, 2, 3, 2010, 2021, 2024],
  LanguageTag: ['en', 'es', 'it', 'fr-CA'],
  String: ['a', 'craft', 'innov', 'e', 'xyzzy'],
};

/** Words of the records that there are, in several languages, one with a typing error, and one that nothing has. */
export const searched = [
  'craft',
  'innovation',
  'artigianato',
  'transfer',
  'Tuscany',
  'partner',
  'inovation',
  '2012',
  'xyzzy',
];

/** Facets of a search, each once. */
export function randomFacets(type: GraphQLNamedType, random: Random): object[] {
  const field = isInputObjectType(type) ? getNamedType(type.getFields()['field']?.type) : undefined;
  const fields = isEnumType(field) ? field.getValues() : [];
  return random.some(fields, random.between(1, 3)).map(({ name }) => ({
    field: new Name(name),
    ...(random.chance(0.3) && { first: random.between(1, 5) }),
    ...(random.chance(0.2) && { prefix: random.pick(searched).slice(0, 2) }),
  }));
}

/** A `where` of this type, with values that are in the graph where it knows any. */
export function randomWhere(type: GraphQLInputObjectType, values: GraphValues, random: Random): object {
  const fields = Object.values(type.getFields()).filter(({ name }) => !['and', 'or', 'not'].includes(name));
  const condition = () => {
    const field = random.pick(fields);
    const named = getNamedType(field.type);
    if (field.name === 'near') return { near: { latitude: 43.8, longitude: 11.2, radius: random.pick([50, 5000]) } };
    return { [field.name]: isInputObjectType(named) ? filter(named, field.name, values, random) : random.chance(0.5) };
  };
  return random.chance(0.1) ? { [random.pick(['and', 'or'])]: [condition(), condition()] } : condition();
}

function filter(type: GraphQLInputObjectType, field: string, values: GraphValues, random: Random): object {
  const operator = random.pick(Object.values(type.getFields()));
  const named = getNamedType(operator.type);
  const { slug = [], code = [] } = values[namedBy[field] ?? ''] ?? {};
  const known = /country$/i.test(field) ? countries : [...slug, ...code];
  const isKey = named.name === 'String' && operator.name !== 'contains' && known.length > 0;
  const other = isEnumType(named) ? named.getValues().map(({ name }) => new Name(name)) : (scalars[named.name] ?? []);
  const value = random.pick<unknown>(isKey ? known : other);
  return { [operator.name]: isListType(getNullableType(operator.type)) ? [value] : value };
}

/** A value of an enum: written without quotes. */
class Name {
  constructor(private readonly name: string) {}
  toJSON(): string {
    return this.name;
  }
}

/** A value as GraphQL writes it. */
export function literal(value: unknown): string {
  if (value instanceof Name) return value.toJSON();
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, inner]) => `${name}: ${literal(inner)}`)
    .join(', ')} }`;
}

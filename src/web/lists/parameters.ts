import { getNamedType, isEnumType, isInputObjectType, isLeafType, type GraphQLNamedType } from 'graphql';
import { BadInput } from '../../graph/errors.js';
import type { AskedFilter } from '../../graph/fields.js';
import type { Where } from '../../graph/filter.js';
import { LanguageTagScalar } from '../../graph/scalars.js';
import type { List } from './lists.js';

/** What an address asks for, as the variables of a list's document. */
export interface Asked {
  where: Where;
  orderBy?: string;
  language?: string;
}

/** What the values of a parameter say of its field. */
interface Meaning {
  /** The member of the field's filter that takes each value; null where the value is the condition itself. */
  operator: string | null;
  /** Of several values: any of them as one comparison, any of them as several, or no more than one. */
  several: 'in' | 'or' | 'none';
}

const span = { '.from': { operator: 'gte', several: 'none' }, '.to': { operator: 'lte', several: 'none' } } as const;

/** By the kind of a filter: what comes after its name, and what it means. */
const meanings: Readonly<Record<AskedFilter['kind'], Readonly<Record<string, Meaning>>>> = {
  key: { '': { operator: 'in', several: 'in' } },
  tree: { '': { operator: 'within', several: 'or' }, '.only': { operator: 'in', several: 'in' } },
  text: { '': { operator: 'contains', several: 'or' } },
  int: { '': { operator: 'in', several: 'in' }, ...span },
  date: span,
  decimal: span,
  flag: { '': { operator: null, several: 'none' } },
};

/** Every parameter of a list that narrows it, by its name. */
export function narrowing({ filters }: List): Map<string, Meaning & { field: string }> {
  return new Map(
    Object.entries(filters).flatMap(([field, { kind }]) =>
      Object.entries(meanings[kind]).map(([suffix, meaning]) => [`${field}${suffix}`, { field, ...meaning }]),
    ),
  );
}

/** Demonstrations are made up: whoever does not ask for them does not get them. */
const made = { field: 'origin', up: { origin: { eq: 'DEMONSTRATION' } } };

/** Reads the query of an address. Throws BAD_USER_INPUT for what is no parameter of the list, and for what cannot be its value. */
export function readParameters(list: List, query: Readonly<Record<string, string | string[]>>): Asked {
  const known = narrowing(list);
  const asked: Asked = { where: {} };
  const conditions: Where[] = [];
  for (const [name, given] of Object.entries(query)) {
    const values = [given].flat();
    const meaning = known.get(name);
    if (meaning) conditions.push(conditionOf(list, name, meaning, values));
    else if (name === 'orderBy') asked.orderBy = valueOf(list.orders, name, only(name, values)) as string;
    else if (name === 'language' && list.hasLanguage)
      asked.language = valueOf(LanguageTagScalar, name, only(name, values)) as string;
    else throw new BadInput(`/${list.name} has no parameter \`${name.slice(0, 60)}\`. It takes ${taken(list, known)}.`);
  }
  const speaksOfOrigin = [...known].some(([name, { field }]) => field === made.field && name in query);
  if (made.field in list.filters && !speaksOfOrigin) conditions.push({ not: made.up });
  return conditions.length > 0 ? { ...asked, where: { and: conditions } } : asked;
}

/** Whether somebody asks for what is made up. */
export const asksForMadeUp = (query: Readonly<Record<string, string | string[]>>): boolean =>
  [query[made.field] ?? []].flat().includes('DEMONSTRATION');

const taken = ({ hasLanguage }: List, known: ReadonlyMap<string, unknown>) =>
  [...[...known.keys()].toSorted(), ...(hasLanguage ? ['language'] : []), 'orderBy'].join(', ');

function conditionOf(
  { where }: List,
  name: string,
  { field, operator, several }: Meaning & { field: string },
  values: readonly string[],
): Where {
  const filter = getNamedType(where.getFields()[field]?.type);
  if (operator === null) return { [field]: valueOf(filter, name, only(name, values)) };
  const member = isInputObjectType(filter) ? filter.getFields()[operator]?.type : undefined;
  const read = (text: string) => valueOf(getNamedType(member), name, text);
  if (several === 'in') return { [field]: { [operator]: values.map(read) } };
  if (several === 'none') return { [field]: { [operator]: read(only(name, values)) } };
  return { or: values.map((text) => ({ [field]: { [operator]: read(text) } })) };
}

function only(name: string, values: readonly string[]): string {
  const [value = ''] = values;
  if (values.length > 1) throw new BadInput(`\`${name}\` is given ${values.length} times. Give it once.`);
  return value;
}

/** Values that are no texts, as JSON writes them. */
const forms: Readonly<Record<string, { is: RegExp; told: string } | undefined>> = {
  Int: { is: /^-?(0|[1-9]\d{0,8})$/, told: 'a whole number' },
  Boolean: { is: /^(true|false)$/, told: 'true or false' },
};

/** The value that a text stands for. */
function valueOf(type: GraphQLNamedType | undefined, name: string, text: string): unknown {
  if (!isLeafType(type)) throw new Error(`The parameter ${name} has no type.`);
  if (text === '') throw new BadInput(`\`${name}\` is empty. Leave it out, or give it a value.`);
  if (isEnumType(type)) {
    const words = type.getValues().map((each) => each.name);
    if (!words.includes(text))
      throw new BadInput(`\`${name}\` cannot be '${text.slice(0, 60)}'. It is one of ${words.join(', ')}.`);
    return text;
  }
  const form = forms[type.name];
  if (form !== undefined) {
    if (!form.is.test(text)) throw new BadInput(`\`${name}\` cannot be '${text.slice(0, 60)}'. It is ${form.told}.`);
    return JSON.parse(text);
  }
  try {
    return type.parseValue(text);
  } catch (error) {
    throw new BadInput(`\`${name}\`: ${(error as Error).message}`);
  }
}

import { isEnumType, isLeafType, isObjectType, type GraphQLSchema } from 'graphql';

/** Something of a schema that a user reads: where it stands, the words around it, and what is said of it. */
export interface Described {
  place: string;
  /** Names that the reader sees beside it: its own, its type's, that of what it belongs to. */
  names: string[];
  /** Whether it is a text, number, date or choice of a record that may be null. */
  mayBeEmpty?: boolean;
  description: string | null | undefined;
}

const builtIn = new Set(['Query', 'Mutation', 'String', 'Int', 'ID', 'Boolean', 'Float']);

/** Every type, field, argument and enum value of a schema. */
export function describedIn(schema: GraphQLSchema): Described[] {
  const found: Described[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.includes('__') || type.name.startsWith('_')) continue;
    const { name, description } = type;
    if (!builtIn.has(name)) found.push({ place: name, names: [name], description });
    if (isEnumType(type))
      for (const value of type.getValues())
        found.push({ place: `${name}.${value.name}`, names: [value.name, name], description: value.description });
    if (!('getFields' in type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith('_')) continue;
      const names = [field.name, name, String(field.type)];
      const mayBeEmpty = isObjectType(type) && isLeafType(field.type);
      found.push({ place: `${name}.${field.name}`, names, mayBeEmpty, description: field.description });
      for (const argument of 'args' in field ? field.args : [])
        found.push({
          place: `${name}.${field.name}(${argument.name})`,
          names: [argument.name, field.name, name, String(argument.type)],
          description: argument.description,
        });
    }
  }
  return found;
}

/** Words that say nothing by themselves. */
const empty = new Set(
  'a an and as at be by for from has have in is it its of on or that the their there these this to was were what when where which who whom whose with given any all one each value field type name list record object data information'.split(
    ' ',
  ),
);

/** `practicesSelected` and `PRACTICES_SELECTED` are both practice, select: camel case and endings laid aside. */
function stemsOf(text: string): string[] {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) =>
      word
        .replace(/ies$/, 'y')
        .replace(/(?<=..[^s])s$/, '')
        .replace(/(?<=...)(ing|ed|e)$/, ''),
    );
}

/** Whether a description repeats the names beside it and says nothing else. */
export function repeatsItsName({ names, description }: Described): boolean {
  const known = new Set(names.flatMap(stemsOf));
  const said = stemsOf(description ?? '').filter((word) => !known.has(word));
  return said.every((word) => emptyStems.has(word));
}

/** Whether a description leaves open what null means. */
export const hidesNull = ({ mayBeEmpty, description }: Described): boolean =>
  mayBeEmpty === true && !/\b(null|unless|until)\b/i.test(description ?? '');

const emptyStems = new Set([...empty].flatMap(stemsOf));

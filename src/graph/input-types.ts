import { Field, InputType, Int, type ClassType } from 'type-graphql';
import type { GraphQLScalarType } from 'graphql';
import { z } from 'zod';

/** Scalars of ours that a schema stands for; text without one is a String. */
export const scalars = z.registry<{ scalar: GraphQLScalarType }>();

type Definition = z.core.$ZodTypeDef & {
  innerType?: z.ZodType;
  in?: z.ZodType;
  out?: z.ZodType;
  element?: z.ZodType;
  entries?: object;
};

const definitionOf = (schema: z.core.$ZodType) => schema._zod.def as Definition;

/** What lies in a schema that only says what may be left out, or what is done before and after. */
function within(schema: z.ZodType): z.ZodType | undefined {
  const { type, innerType, in: before, out: after } = definitionOf(schema);
  if (type !== 'pipe') return innerType;
  return before && definitionOf(before).type !== 'transform' ? before : after;
}

function told<Value>(schema: z.ZodType, of: (each: z.ZodType) => Value | undefined): Value | undefined {
  const inner = within(schema);
  return of(schema) ?? (inner && told(inner, of));
}

/** The types of the objects, by the schemas' shapes: one class each, however many inputs hold it. */
const made = new Map<unknown, ClassType>();

function typeOf(schema: z.ZodType): unknown {
  const inner = within(schema);
  const scalar = scalars.get(schema)?.scalar;
  if (scalar) return scalar;
  if (inner) return typeOf(inner);
  const { type, element, entries } = definitionOf(schema);
  if (type === 'array' && element) return [typeOf(element)];
  if (type === 'enum') return entries;
  if (type === 'number') return Int;
  if (type === 'boolean') return Boolean;
  if (type === 'string') return String;
  if (schema instanceof z.ZodObject) return objectType(schema);
  throw new Error(`An input cannot be made of '${type}'.`);
}

function objectType(schema: z.ZodObject): ClassType {
  const known = made.get(schema.shape);
  if (known) return known;
  const { title, description = '' } = schema.meta() ?? {};
  if (title === undefined) throw new Error(`An input has no name: ${Object.keys(schema.shape).join(', ')}.`);
  const type = inputType(title, description, schema.shape);
  made.set(schema.shape, type);
  return type;
}

/**
 * The GraphQL input of these schemas. Each field may be left out or null, whatever its schema says: what people fill in is
 * held against the schema afterwards, and all its mistakes are told at once. A field named in `required` is for programs.
 */
export function inputType(
  name: string,
  description: string,
  fields: Readonly<Record<string, z.ZodType>>,
  required: readonly string[] = [],
): ClassType {
  const Made = Object.defineProperty(class {}, 'name', { value: name }) as ClassType;
  for (const [field, schema] of Object.entries(fields)) {
    const type = typeOf(schema);
    const text = told(schema, ({ description: said }) => said);
    if (text === undefined) throw new Error(`${name}.${field} has no description.`);
    const nullable = !required.includes(field);
    Field(() => type as ClassType, { nullable, description: text })(Made.prototype as object, field);
  }
  InputType(name, { description })(Made);
  return Made;
}

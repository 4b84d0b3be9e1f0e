import { z } from 'zod';
import { scalars } from '../../graph/input-types.js';
import { DecimalScalar } from '../../graph/scalars.js';
import { day, partialDate } from '../../subgraphs/record.inputs.js';

/** What a field of an entry takes, told by the schema that seeds and mutations are held against. */
export type Target =
  | { kind: 'text' | 'date' | 'number' | 'int' | 'boolean' }
  | { kind: 'choice'; choices: readonly string[] }
  | { kind: 'list'; of: Target }
  | { kind: 'object'; fields: Readonly<Record<string, z.ZodType>> };

type Definition = z.core.$ZodTypeDef & {
  innerType?: z.ZodType;
  in?: z.ZodType;
  out?: z.ZodType;
  element?: z.ZodType;
  entries?: Record<string, string>;
};

export function targetOf(schema: z.ZodType): Target {
  if (schema === partialDate || schema === day) return { kind: 'date' };
  if (scalars.get(schema)?.scalar === DecimalScalar) return { kind: 'number' };
  if (schema instanceof z.ZodObject) return { kind: 'object', fields: schema.shape as Record<string, z.ZodType> };
  const { type, innerType, in: before, out: after, element, entries } = schema._zod.def as Definition;
  if (type === 'pipe' && before && after) return targetOf(before._zod.def.type === 'transform' ? after : before);
  if (innerType) return targetOf(innerType);
  if (type === 'array' && element) return { kind: 'list', of: targetOf(element) };
  if (type === 'enum' && entries) return { kind: 'choice', choices: Object.values(entries) };
  if (type === 'number') return { kind: 'int' };
  if (type === 'boolean') return { kind: 'boolean' };
  return { kind: 'text' };
}

/** The fields of an entry by name. */
export function fieldsOf(entry: z.ZodType): Readonly<Record<string, z.ZodType>> {
  const target = targetOf(entry);
  if (target.kind !== 'object') throw new Error('An entry has fields.');
  return target.fields;
}

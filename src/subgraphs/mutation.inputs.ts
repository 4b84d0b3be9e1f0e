import type { z } from 'zod';
import type { UserError } from '../graph/errors.js';
import { mend } from './mutation.service.js';
import { explain, listOf, sourceKey } from './record.inputs.js';

type Values = Record<string, unknown>;

/** What a form of an entry holds: its own fields, and its sources in one list. Where it came in is no question to users. */
export function formOf({ shape }: z.ZodObject): Record<string, z.ZodType> {
  const { source: _source, furtherSources: _further, origin: _origin, ...fields } = shape as Record<string, z.ZodType>;
  return { ...fields, sources };
}

const sources = listOf(sourceKey).describe('The pages that say so, the main one first: by address, or by slug.');

/** A form as an entry: without what is null or left out, which is the same to a schema, and with its sources apart. */
export function entryIn(form: Values): Values {
  const { sources: pages, ...fields } = given(form) as Values & { sources?: unknown[] };
  if (!pages) return fields;
  const [source, ...furtherSources] = pages;
  return { ...fields, ...(source !== undefined && { source }), furtherSources };
}

/** Without what is null, in objects and lists too. */
function given(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(given);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => (each == null ? [] : [[name, given(each)]])),
  );
}

/** The names of the fields that a form holds, cleared ones too, as an entry has them. */
export function namedIn(form: Values): Set<string> {
  const names = Object.entries(form).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return new Set(names.flatMap((name) => (name === 'sources' ? ['source', 'furtherSources'] : [name])));
}

/** The path in a form of what stands at a path of its entry. */
export function pathInForm([field, ...rest]: readonly PropertyKey[]): Path {
  const path = rest.map((each) => (typeof each === 'number' ? each : String(each)));
  if (field === 'source') return ['sources', 0, ...path];
  const [place, ...below] = path;
  if (field === 'furtherSources' && typeof place === 'number') return ['sources', place + 1, ...below];
  return field === undefined ? [] : [String(field), ...path];
}

type Path = (string | number)[];

/** What a schema makes of a value; ends the mutation with all that is wrong, each at its path in the input. */
export function explained<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  pathOf: (path: readonly PropertyKey[]) => Path = (path) => path as Path,
): z.output<Schema> {
  const { data, error } = schema.safeParse(given(value), { error: explain });
  if (error) mend(error.issues.map((issue) => ({ ...mistake(issue), field: pathOf(issue.path) })));
  return data as z.output<Schema>;
}

function mistake(issue: z.core.$ZodIssue): Omit<UserError, 'field'> {
  const isMissing = issue.message.startsWith('It is missing.') || issue.message.startsWith('There is no figure.');
  return { code: isMissing ? 'REQUIRED' : 'INVALID', message: issue.message };
}

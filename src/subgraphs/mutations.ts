import type { EntityManager } from '@mikro-orm/postgresql';
import { GraphQLID } from 'graphql';
import { Arg, Ctx, Mutation, Resolver, type ClassType } from 'type-graphql';
import { z } from 'zod';
import type { RequestContext, Viewer } from '../graph/context.js';
import type { UserError } from '../graph/errors.js';
import { inputType, scalars } from '../graph/input-types.js';
import { newId } from '../graph/ids.js';
import { createEntry, updateEntry, type Entered } from './entry.service.js';
import { explained, formOf } from './mutation.inputs.js';
import { held, mend, mutate, tellWhy, type Aimed, type Keyed, type Stored } from './mutation.service.js';
import { payloadType, type Outcome } from './mutation.type.js';
import { optional, text, url } from './record.inputs.js';

/** What everybody may say of a step. */
const saidOfStep = {
  note: optional(text).describe('Why, in a sentence; required where the step alone does not say it.'),
  source: optional(url).describe('The address of a page that shows it.'),
};
export type StepInput<Shape extends z.ZodRawShape = Record<never, never>> = z.output<
  z.ZodObject<typeof saidOfStep & Shape>
>;

/** One guarded step of a record's life. `take` writes it, or tells what keeps it from being taken. */
export interface Step<Record> {
  description: string;
  /** What it asks for beside a note and a source. */
  input?: z.ZodRawShape;
  /** Taken by others than those who write the record: it is seen, and not held. */
  isForOthers?: boolean;
  take(em: EntityManager, record: Record, input: never, viewer: Viewer): Promise<readonly UserError[]>;
}

/** How records of one type are written by whoever is signed in. */
export interface Writing<Record extends Stored> extends Entered<Record> {
  /** The GraphQL type, for payloads. */
  type: () => ClassType;
  /** The loader that reads a record by its id. */
  loader: string;
  /** In the words of a sentence, such as `good practice`. */
  noun: string;
  /** By the last word of their mutations: `Submit` is `goodPracticeSubmit`. */
  steps: Readonly<{ [name: string]: Step<Record> }>;
}

export interface LoadingContext extends RequestContext {
  loaders: object;
}

const keyField = z
  .string()
  .describe(
    '1 to 100 characters of your own, kept for a week: sent again with the same input, it has no second effect.',
  );
export const aim = {
  id: z.string().register(scalars, { scalar: GraphQLID }).describe('Names the record, as a field `id` returned it.'),
  expectedVersion: z.int().describe('The `version` that you have read; refused when the record has another.'),
};

/** The word with its article, in a sentence. */
export const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

type Run = (context: LoadingContext, input: never, mutation: string) => Promise<Outcome>;

/**
 * Adds the mutations of one type to a resolver class: one `input` each, one payload for all. `run` does what one is for; what
 * is stored is read as the viewer after the commit, by new loaders.
 */
export function adder({ fields, type, loader }: Pick<Writing<Stored>, 'fields' | 'type' | 'loader'>, made: ClassType) {
  const name = fields.type.replace(/^./, (letter) => letter.toLowerCase());
  const Payload = payloadType(fields.type, name, type);
  return (verb: string, description: string, inputs: { [field: string]: z.ZodType }, run: Run): void => {
    const prototype = made.prototype as { [method: string]: unknown };
    const mutation = `${name}${verb}`;
    const Input = inputType(
      `${fields.type}${verb}Input`,
      `What \`${mutation}\` is told.`,
      { ...inputs, idempotencyKey: keyField },
      Object.keys(aim),
    );
    prototype[mutation] = async (input: never, context: LoadingContext) => {
      const { id, ...outcome } = await run(context, input, mutation);
      const loaders = context.loaders as { [key: string]: { load(key: string): Promise<unknown> } };
      return { ...outcome, [name]: id === null ? null : await loaders[loader]?.load(id) };
    };
    Arg('input', () => Input, { description: 'All that is said of it.' })(prototype, mutation, 0);
    Ctx()(prototype, mutation, 1);
    Mutation(() => Payload, { description })(prototype, mutation, { value: prototype[mutation] } as PropertyDescriptor);
  };
}

/**
 * The mutations of one type as a resolver: create, update and each step. What is wrong with an input comes in `userErrors`,
 * and then nothing was stored.
 */
export function mutationsOf<Record extends Stored>(writing: Writing<Record>): ClassType {
  const { fields, entity, noun, steps, entry, owner } = writing;
  const Made = Object.defineProperty(class {}, 'name', { value: `${fields.type}Mutations` }) as ClassType;
  const add = adder(writing, Made);
  const { slug, ...form } = formOf(entry);
  add(
    'Create',
    `Enters ${article(noun)} as a draft${owner === undefined ? '' : ' of your organisation'}.`,
    slug ? { slug, ...form } : form,
    (context, input: Keyed, name) => {
      const id = newId(fields.prefix);
      return mutate(context, { name, input, id }, (em, isAgain) =>
        createEntry(em, writing, id, input, { viewer: context.viewer, isAgain }),
      );
    },
  );
  add(
    'Update',
    `Changes ${article(noun)}: what is left out stays as it is, what is null is cleared. What changes nothing makes no new version.`,
    { ...aim, ...form },
    (context, input: Aimed, name) =>
      mutate(context, { name, input, id: input.id }, async (em) =>
        updateEntry(em, writing, await held(em, fields, entity, input), input, context.viewer),
      ),
  );
  for (const [verb, { description, input: more, isForOthers = false, take }] of Object.entries(steps)) {
    const said = { ...saidOfStep, ...more };
    add(verb, description, { ...aim, ...said }, (context, input: Aimed, name) =>
      mutate(context, { name, input, id: input.id }, async (em) => {
        const record = await held(em, fields, entity, input, !isForOthers);
        const { id: _id, expectedVersion: _version, idempotencyKey: _key, ...step } = input as Aimed & object;
        const told = explained(z.strictObject(said), step);
        await tellWhy(em, told);
        mend(await take(em, record, told as never, context.viewer));
      }),
    );
  }
  Resolver()(Made);
  return Made;
}

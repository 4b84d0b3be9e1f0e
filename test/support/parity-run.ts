import { parse, validate, type GraphQLSchema } from 'graphql';
import { difference, type Difference, type ParityData, type Side } from './parity.js';
import { randomOperation } from './random-operation.js';
import { shrink } from './shrink.js';

export interface ParityRun {
  /** How many operations were compared. */
  compared: number;
  /** Answers that held something: an operation that finds nothing proves nothing. */
  told: number;
  /** The first that differs in `data`, at its smallest. */
  difference: Difference | null;
  /** Operations that differ in their errors alone. */
  errors: Difference[];
}

export interface ParityOptions extends Pick<ParityData, 'values' | 'viewers'> {
  schema: GraphQLSchema;
  sides: readonly [Side, Side];
  count: number;
  firstSeed?: number;
  /** Of the operations; as `randomOperation` has it. */
  depth?: number;
}

/** Compares random operations, each as one viewer after the other, until one differs in its data. */
export async function parityRun({
  schema,
  sides,
  values,
  viewers,
  count,
  firstSeed = 0,
  depth = 6,
}: ParityOptions): Promise<ParityRun> {
  const run: ParityRun = { compared: 0, told: 0, difference: null, errors: [] };
  for (let seed = firstSeed; run.compared < count; seed += 1) {
    const viewer = viewers[seed % viewers.length] as (typeof viewers)[0];
    const operation = randomOperation({ schema, values, seed, role: viewer.role, depth });
    const faults = validate(schema, parse(operation.query));
    if (faults.length > 0) throw new Error(`Seed ${seed} is not valid: ${faults.join('\n')}\n${operation.query}`);
    const found = await difference(sides, operation, viewer);
    if (found?.in === 'limits') continue;
    run.compared += 1;
    if (found?.in === 'data') {
      const smallest = await shrink(
        schema,
        operation,
        async (smaller) => (await difference(sides, smaller, viewer))?.in === 'data',
      );
      // One that does not come again is told as it came.
      return { ...run, difference: (await difference(sides, smallest, viewer)) ?? found };
    }
    if (found) run.errors.push(found);
    else if (/:"/.test((await sides[0](operation, viewer)).data)) run.told += 1;
  }
  return run;
}

const number = (value: number) => value.toLocaleString('en');

/** A run in words, with the smallest operation that differs. */
export function report({ compared, told, difference: found, errors }: ParityRun): string {
  const lines = [
    `${number(compared)} random operations were compared, ${number(told)} of them with records in the answer.`,
  ];
  lines.push(`Differences in data: ${found ? 1 : 0}; in errors alone: ${number(errors.length)}.`);
  for (const each of found ? [found] : errors.slice(0, 3))
    lines.push(
      `${each.operation.query} ${JSON.stringify(each.operation.variables)} as ${each.viewer.role}`,
      `expected ${JSON.stringify(each.expected)}`,
      `actual   ${JSON.stringify(each.actual)}`,
    );
  return `${lines.join('\n')}\n`;
}

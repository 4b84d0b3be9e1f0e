import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { GatewayFault } from './gateway-fault.js';

/** Where one subgraph of a gateway runs. */
export interface Place {
  name: string;
  /** In this process; with `url` too, only while that one is down. */
  isLocal: boolean;
  url: string | undefined;
  /** What the file that was named holds; otherwise the subgraph is asked for its schema. */
  sdl: string | undefined;
  /** Milliseconds. */
  timeout: number;
  /** Gets the router's secret and the client's `Authorization`. */
  isTrusted: boolean;
}

const place = z
  .strictObject({
    local: z.boolean('is neither true nor false').default(false),
    url: z.url({ protocol: /^https?$/, error: 'is no URL such as https://example.org/graphql' }).optional(),
    sdl: z.string('is no path of a file').min(1, 'is no path of a file').optional(),
    timeout: z
      .int('is no whole number of milliseconds')
      .min(1, 'is below 1 ms')
      .max(5_000, 'is above 5000 ms, which is all an operation has')
      .default(2_000),
    trusted: z.boolean('is neither true nor false').default(false),
  })
  .refine(({ local, url }) => local || url !== undefined, 'runs nowhere: say `local: true`, a `url`, or both');

const name = z.string().regex(/^[a-z][a-z0-9_-]*$/, 'is no name of a subgraph; use a-z, 0-9, - and _');

const contents = z.strictObject({
  subgraphs: z
    .record(name, place, 'is no mapping of names to where they run')
    .refine((all) => Object.keys(all).length > 0, 'names none'),
});

/** Reads where the subgraphs of a gateway run; `ours` are the names that this program can run. Throws a GatewayFault with every fault. */
export async function readGatewayFile(path: string, ours: readonly string[]): Promise<Place[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new GatewayFault([
      `${path} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`,
    ]);
  });
  const document = parseDocument(text);
  if (document.errors.length > 0)
    throw new GatewayFault(document.errors.map(({ message }) => `${path}: ${message.trim()}`));
  const { success, data, error } = contents.safeParse(document.toJS());
  if (!success) throw new GatewayFault(error.issues.map((issue) => `${path}: ${worded(issue)}`));
  const entries = Object.entries(data.subgraphs);
  const faults = ours
    .filter((each) => !(each in data.subgraphs))
    .map((each) => `${each} is missing: say where it runs, \`local: true\` for here`);
  const wrong = entries.flatMap(([each, { local, sdl }]) => {
    if (ours.includes(each))
      return sdl === undefined ? [] : [`${each} is ours: leave \`sdl\` out, its schema is known`];
    return local ? [`${each} is none of ours and cannot be local; ours are ${ours.join(', ')}`] : [];
  });
  faults.push(...wrong);
  const read = await Promise.all(
    entries.map(async ([each, { local, url, sdl, timeout, trusted }]): Promise<Place> => {
      const isOurs = ours.includes(each);
      const file = sdl === undefined || isOurs ? undefined : resolve(dirname(path), sdl);
      const held = file === undefined ? undefined : await readSdl(file, each, faults);
      return { name: each, isLocal: local, url, sdl: held, timeout, isTrusted: trusted || isOurs };
    }),
  );
  if (faults.length > 0) throw new GatewayFault(faults.map((fault) => `${path}: ${fault}`));
  return read;
}

/** What stands in it is its partner's affair; that it is there is the operator's. */
async function readSdl(path: string, subgraph: string, faults: string[]): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = isMissing ? 'there is no such file' : (error as Error).message;
    faults.push(`${subgraph}: ${path} cannot be read: ${why}`);
    return undefined;
  }
}

/** Zod's own words where ours would say no more. */
function worded({ path, message, ...issue }: z.core.$ZodIssue): string {
  const where = path.join('.');
  if (issue.code === 'unrecognized_keys') return `${where || 'the file'} knows no ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_key') return `${where} ${issue.issues.map((each) => each.message).join(', ')}`;
  return `${where || 'the file'} ${message}`;
}

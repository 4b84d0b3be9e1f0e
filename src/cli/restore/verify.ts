import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { migrations } from '../../database/migrations/index.js';
import {
  ExportError,
  formatVersion,
  manifestFile,
  manifestSchema,
  type Entry,
  type Manifest,
} from '../export/manifest.js';
import { fieldsOf, type FileShape } from '../export/shape.js';

/** How many faults are told; a damaged file may have as many as lines. */
export const mostFaults = 20;

/** Tells all that is wrong with an export at once. Nothing of it was stored. */
export function refuse(path: string, faults: readonly string[]): never {
  const more = faults.length > mostFaults ? [`and ${faults.length - mostFaults} more`] : [];
  const lines = [...faults.slice(0, mostFaults), ...more].map((line) => `  ${line}`);
  throw new ExportError([`${path} cannot be imported, and nothing of it was stored:`, ...lines].join('\n'));
}

/** The manifest of an export whose files are as it says. Throws an ExportError. */
export async function verified(folder: string, path: string): Promise<Manifest> {
  const manifest = await readManifest(folder, path);
  const named = new Set([manifestFile, ...manifest.files.map(({ file }) => file)]);
  const others = (await readdir(folder)).filter((name) => !named.has(name)).toSorted();
  const faults = [
    ...(await Promise.all(manifest.files.map((entry) => faultsOf(folder, entry)))).flat(),
    ...others.map((name) => `${name} is not in the manifest. Take it out, or export again.`),
  ];
  if (faults.length > 0) refuse(path, faults);
  return manifest;
}

async function readManifest(folder: string, path: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestFile), 'utf8').catch((error: unknown) => {
    throw new ExportError(`${path} is no export: its ${manifestFile} cannot be read (${codeOf(error)}).`);
  });
  const given = parsed(text);
  const { format, formatVersion: version } = (given ?? {}) as Partial<Record<string, unknown>>;
  if (format !== 'goodgraph-export') refuse(path, [`${manifestFile} is not that of an export, or was cut off.`]);
  if (version !== formatVersion)
    refuse(path, [
      `${manifestFile}: the format ${String(version)} is not known; this GoodGraph reads format ${formatVersion}. Update GoodGraph.`,
    ]);
  const { success, data, error } = manifestSchema.safeParse(given);
  if (!success)
    return refuse(
      path,
      error.issues.map((issue) => `${manifestFile} ${issue.path.join('.')}: ${issue.message}`),
    );
  if (!migrations.some(({ name }) => name === data.migration))
    refuse(path, [`${manifestFile}: a newer GoodGraph wrote it (migration ${data.migration}). Update GoodGraph.`]);
  return data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const unreadable: Record<string, string> = {
  ENOENT: 'is missing.',
  EACCES: 'may not be read by this user. Give it permission.',
  EISDIR: 'is a folder.',
};

/** Whether a file is as it was when it was written. */
async function faultsOf(folder: string, { file, bytes, lines, sha256 }: Entry): Promise<string[]> {
  const hash = createHash('sha256');
  const found = { bytes: 0, lines: 0 };
  try {
    for await (const chunk of createReadStream(join(folder, file), { highWaterMark: 1 << 20 })) {
      const part = chunk as Buffer;
      hash.update(part);
      found.bytes += part.length;
      for (let at = part.indexOf(10); at !== -1; at = part.indexOf(10, at + 1)) found.lines += 1;
    }
  } catch (error) {
    const reason = unreadable[codeOf(error)];
    if (reason === undefined) throw error;
    return [`${file} ${reason}`];
  }
  if (found.bytes < bytes) return [`${file} was cut off: it has ${found.bytes} of ${bytes} bytes.`];
  if (found.bytes > bytes) return [`${file} is longer than it was: it has ${found.bytes} bytes instead of ${bytes}.`];
  const digest = hash.digest('hex');
  if (digest !== sha256) return [`${file} was changed: its SHA-256 is ${digest} instead of ${sha256}.`];
  return found.lines === lines ? [] : [`${file} has ${found.lines} lines; the manifest says ${lines}.`];
}

/** The shape of each file. Throws an ExportError where one holds what this version has no place for. */
export function shapesOf(manifest: Manifest, shapes: readonly FileShape[], path: string): Map<Entry, FileShape> {
  const known = new Map(shapes.map((shape) => [shape.type, shape]));
  const faults: string[] = [];
  const found = new Map<Entry, FileShape>();
  for (const entry of manifest.files) {
    const shape = known.get(entry.type);
    if (shape === undefined) {
      faults.push(`${manifestFile}: there is no type ${entry.type} here. Known are ${[...known.keys()].join(', ')}.`);
      continue;
    }
    known.delete(entry.type);
    found.set(entry, shape);
    const ours = fieldsOf(shape);
    for (const [field, kind] of Object.entries(entry.fields))
      if (JSON.stringify(ours[field]) !== JSON.stringify(kind))
        faults.push(
          `${manifestFile}: ${entry.type}.${field} is ${JSON.stringify(kind)} there, and here ${JSON.stringify(ours[field] ?? 'not known')}.`,
        );
  }
  if (faults.length > 0) refuse(path, faults);
  return found;
}

import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { migrations } from '../../database/migrations/index.js';
import type { Client } from '../bulk/copy.js';
import { linesOf } from './lines.sql.js';
import { manifestFile, manifestOf, manifestText, type Entry, type Manifest } from './manifest.js';
import { fieldsOf, shapesFor, type FileShape, type Reader } from './shape.js';

/** Lines read at once: enough that a round trip costs little, few enough to hold in memory. */
const batchSize = 500;

export interface Progress {
  type: string;
  lines: number;
}

interface Writing {
  /** In a transaction that sees one moment. */
  client: Client;
  folder: string;
  reader: Reader;
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** Who may look into the files of an export: addresses of people are for whoever made it. */
export const modes: Record<Reader, { folder: number; file: number }> = {
  PUBLIC: { folder: 0o755, file: 0o644 },
  ADMIN: { folder: 0o700, file: 0o600 },
};

/** Writes every file of an export into a folder, and then what it holds. */
export async function writeExport(writing: Writing): Promise<Manifest> {
  const { client, folder, reader } = writing;
  const shapes = await shapesFor(client, reader);
  await client.query(`set local timezone = 'UTC'; set local jit = off; set local statement_timeout = 0`);
  await client.query(
    `select set_config('goodgraph.viewer_role', $1, true), set_config('goodgraph.viewer_partner', '', true)`,
    [reader === 'ADMIN' ? 'ADMIN' : 'ANONYMOUS'],
  );
  const files: Entry[] = [];
  for (const shape of shapes) {
    await client.query(
      `set local role ${shape.isOwners ? 'none' : reader === 'ADMIN' ? 'goodgraph_member' : 'goodgraph_public'}`,
    );
    files.push(await writeFile(writing, shape, shapes));
  }
  await client.query('set local role none');
  const manifest = manifestOf({ migration: String(migrations.at(-1)?.name), readAs: reader, files });
  await written(join(folder, manifestFile), modes[reader].file, (file) => file.write(manifestText(manifest)));
  return manifest;
}

async function writeFile(
  { client, folder, reader, onProgress }: Writing,
  shape: FileShape,
  shapes: readonly FileShape[],
): Promise<Entry> {
  const { type } = shape;
  const entry = { type, file: `${type}.ndjson`, lines: 0, bytes: 0 };
  const hash = createHash('sha256');
  await client.query(`declare lines no scroll cursor for ${linesOf(shape, shapes, reader)}`);
  await written(join(folder, entry.file), modes[reader].file, async (file) => {
    for (;;) {
      const { rows } = await client.query<{ line: string }>(`fetch ${batchSize} from lines`);
      if (rows.length === 0) return;
      const text = Buffer.from(rows.map(({ line }) => `${line}\n`).join(''));
      await file.writeFile(text);
      hash.update(text);
      entry.lines += rows.length;
      entry.bytes += text.length;
      onProgress?.({ type, lines: entry.lines });
    }
  });
  await client.query('close lines');
  return { ...entry, sha256: hash.digest('hex'), fields: fieldsOf(shape) };
}

/** Makes a file, which is on the disk afterwards. */
async function written(path: string, mode: number, write: (file: FileHandle) => Promise<unknown>): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await write(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

import { isAscii, isUtf8 } from 'node:buffer';
import { open, stat } from 'node:fs/promises';
import { ImportError } from './import-error.js';

/** How the bytes of a file become text, and what is to be told of it. */
export interface Encoding {
  name: string;
  /** Why it is taken; null where the mapping declares it. */
  reason: string | null;
  /** Whether bytes that are none of this encoding were met: the reader tells where. */
  isBroken: boolean;
}

/** Bytes that are read at once: their text is small enough for V8 to let go of it early. */
const chunk = 1 << 16;

/** The bytes of a file, part by part in the same memory: a part holds until the next one is asked for. */
async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  const handle = await open(file);
  try {
    const buffer = Buffer.alloc(chunk);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, chunk, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

const marks: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** The size of a file that can be read twice. Throws an ImportError for anything else. */
export async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT') throw new ImportError(`${file}: There is no such file. Expected: a file to import.`);
    throw error;
  });
  if (found.isDirectory()) throw new ImportError(`${file}: Expected a file. Found: a directory. Name a file in it.`);
  if (!found.isFile())
    throw new ImportError(`${file}: Expected a file that can be read twice. Found: a device or a pipe. Save it first.`);
  if (found.size === 0)
    throw new ImportError(`${file}: Expected rows. Found: an empty file, without even a header. Export it again.`);
  return found.size;
}

/** Whether all bytes are UTF-8, and whether all are ASCII. Reads the whole file: a second for a gigabyte. */
async function examine(file: string): Promise<{ utf8: boolean; ascii: boolean }> {
  let rest: Buffer = Buffer.alloc(0);
  let ascii = true;
  for await (const part of bytesOf(file)) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, part]) : part;
    const end = wholeCharacters(bytes);
    const whole = bytes.subarray(0, end);
    if (ascii && !isAscii(whole)) ascii = false;
    if (!isUtf8(whole)) return { utf8: false, ascii: false };
    rest = Buffer.from(bytes.subarray(end));
  }
  return { utf8: rest.length === 0, ascii: ascii && rest.length === 0 };
}

/** Where the last character begins, if it may go on in the next chunk. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

async function beginningOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The encoding that is declared, if it can be; else the one of the mark at the beginning, UTF-8, or Windows-1252. */
export async function encodingOf(file: string, declared: string | null): Promise<Encoding> {
  const known = declared === null ? null : nameOf(declared);
  const beginning = await beginningOf(file);
  const [marked] = marks.find(([, mark]) => mark.every((byte, index) => beginning[index] === byte)) ?? [];
  if (marked !== undefined && known !== null && known !== marked)
    throw new ImportError(
      `${file}: Expected ${known}, as the mapping says. Found: the mark of ${marked}. Declare that.`,
    );
  const name = known ?? marked;
  if (name?.startsWith('utf-16')) return { name, reason: known ? null : 'by its mark', isBroken: false };
  if (name === undefined && beginning.filter((byte) => byte === 0).length > beginning.length / 5)
    throw new ImportError(
      `${file}: Expected text. Found: many NUL bytes, as in UTF-16. Declare \`encoding: utf-16le\`.`,
    );
  const { utf8, ascii } = await examine(file);
  if (name === 'utf-8') return { name, reason: known ? null : 'by its mark', isBroken: !utf8 };
  if (known !== null && utf8 && !ascii)
    throw new ImportError(
      `${file}: Expected ${known}, as the mapping says. Found: UTF-8. Declare \`encoding: utf-8\`.`,
    );
  if (known !== null) return { name: known, reason: null, isBroken: false };
  if (utf8) return { name: 'utf-8', reason: ascii ? 'all of it is ASCII' : 'all bytes are', isBroken: false };
  return { name: 'windows-1252', reason: 'it is not UTF-8; declare another if names look wrong', isBroken: false };
}

function nameOf(declared: string): string {
  try {
    return new TextDecoder(declared).encoding;
  } catch {
    throw new ImportError(
      `The mapping's encoding '${declared}' is not known. Write one such as utf-8 or windows-1252.`,
    );
  }
}

/** The text of a file, part by part, without its mark; `onBytes` is told how far it was read. */
export async function* textOf(
  file: string,
  encoding: string,
  onBytes: (read: number) => void = () => undefined,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let read = 0;
  for await (const part of bytesOf(file)) {
    read += part.length;
    onBytes(read);
    yield decoder.decode(part, { stream: true });
  }
  yield decoder.decode();
}

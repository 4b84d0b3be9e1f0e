import { createReadStream } from 'node:fs';

/** Bytes that are read at once. */
const chunkSize = 1 << 20;

/** The lines of a file, many at once, in UTF-8. Throws a TypeError for bytes that are none. */
export async function* linesIn(path: string): AsyncGenerator<string[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: chunkSize })) {
    const part = chunk as Buffer;
    const end = part.lastIndexOf(10);
    if (end === -1) {
      rest.push(part);
      continue;
    }
    yield decoder.decode(Buffer.concat([...rest, part.subarray(0, end)])).split('\n');
    rest = [part.subarray(end + 1)];
  }
  const last = Buffer.concat(rest);
  if (last.length > 0) yield [decoder.decode(last)];
}

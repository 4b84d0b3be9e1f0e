import { createHash } from 'node:crypto';
import { tell } from './columns.js';
import type { About, Format } from './formats.js';
import type { Told } from './lists.js';
import type { Page } from './pages.js';

export interface FileOf {
  told: Told;
  format: Format;
  first: Page;
  next(after: string): Promise<Page>;
  about: Omit<About, 'rows' | 'sha256'>;
  /** Bytes after which what is written is handed on. */
  piece: number;
}

/** A list as a file, piece by piece; each page is read when the pieces of the one before are taken. */
export async function* fileOf({ told, format, first, next, about, piece }: FileOf): AsyncGenerator<Buffer> {
  const { columns, cells } = told;
  const hash = createHash('sha256');
  let rows = 0;
  let text = format.head(cells);
  const written = (): Buffer => {
    const bytes = Buffer.from(text);
    hash.update(bytes);
    text = '';
    return bytes;
  };
  for (let page = first; ; page = await next(page.after)) {
    for (const row of page.rows) {
      text += format.row(tell(columns, row), cells, rows);
      rows += 1;
      if (text.length >= piece) yield written();
    }
    // Who waits for the first rows gets them before the next ones are read.
    if (text !== '') yield written();
    if (page.after === null) break;
  }
  text = format.foot;
  const end = written();
  yield Buffer.concat([end, Buffer.from(format.last({ ...about, rows, sha256: hash.digest('hex') }, cells))]);
}

/** Hands pieces on, and calls `giveUp` when one is not taken in time. */
export async function* takenInTime<Piece>(
  pieces: AsyncIterable<Piece>,
  milliseconds: number,
  giveUp: () => void,
): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    const timer = setTimeout(giveUp, milliseconds);
    try {
      yield piece;
    } finally {
      clearTimeout(timer);
    }
  }
}

import { BadInput } from './errors.js';

/** A place in an ordered list: the order's name, then the order's values and the id of one row, all as text. */
export interface Cursor {
  order: string;
  values: string[];
}

/** An opaque text for a place; only `readCursor` may look inside. */
export function writeCursor({ order, values }: Cursor): string {
  return Buffer.from(JSON.stringify([order, ...values])).toString('base64url');
}

/** Throws BAD_USER_INPUT for a text that no list under this order returned. */
export function readCursor(text: string, order: string, width: number): Cursor {
  const parts = parse(text);
  if (parts === null || parts.length !== width + 1) throw badCursor(`'${text.slice(0, 60)}'`);
  const [from, ...values] = parts as [string, ...string[]];
  if (from !== order)
    throw new BadInput(
      `This cursor belongs to the order ${from}, and the list is ordered by ${order}. Ask for the first page again.`,
    );
  return { order, values };
}

export const badCursor = (subject: string) =>
  new BadInput(`${subject} is not a cursor of this list. Use a cursor as \`pageInfo\` or an edge returned it.`);

function parse(text: string): string[] | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(parts) && parts.every((part) => typeof part === 'string') ? parts : null;
  } catch {
    return null;
  }
}

import { sql } from 'kysely';
import type { Read } from './context.js';
import { BadInput } from './errors.js';
import type { PathOf } from './filter.js';
import { loaderOf } from './loaders.js';

/** A hierarchy with codes and materialised paths, whose codes grow by one character a level. SQL over `t`. */
export interface Tree {
  table: string;
  code: string;
  path: string;
  label: string;
  /** Which rows belong to the tree. */
  condition: string;
  /** For codes that the tree has no longer: what they were and what stands for them now, as sentences by code. */
  former?: (read: Read, codes: readonly string[]) => Promise<Map<string, string>>;
  /** Where the codes come from, for messages: "NUTS 2024". */
  source: string;
}

interface Node {
  code: string;
  path: string;
  label: string;
}

/** Looks up paths by code, all codes of a tick in one statement; throws BAD_USER_INPUT that names the nearest code. */
export function pathLoader(read: Read, tree: Tree): PathOf {
  const select = sql.raw(
    `select ${tree.code} as "code", ${tree.path} as "path", ${tree.label} as "label" from ${tree.table} t where ${tree.condition}`,
  );
  const loader = loaderOf<string, string>(read, async (codes) => {
    const beginnings = [...new Set(codes.flatMap((code) => Array.from(code, (_, index) => code.slice(0, index + 1))))];
    const rows = await read(sql<Node>`${select} and ${sql.raw(tree.code)} = any(${beginnings}::text[])`);
    const byCode = new Map(rows.map((row) => [row.code, row]));
    const unknown = codes.filter((code) => !byCode.has(code));
    const former = unknown.length > 0 ? await tree.former?.(read, unknown) : undefined;
    return codes.map((code) => byCode.get(code)?.path ?? unknownCode(code, tree, byCode, former?.get(code)));
  });
  return (code) => loader.load(code.slice(0, 20));
}

function unknownCode(code: string, tree: Tree, known: Map<string, Node>, former?: string): BadInput {
  if (former !== undefined) return new BadInput(former);
  const nearest = Array.from(code, (_, index) => known.get(code.slice(0, code.length - index))).find(
    (node) => node !== undefined,
  );
  const hint = nearest
    ? `The nearest code is ${nearest.code} (${nearest.label}).`
    : 'Codes begin with the two letters of the country, such as IT or EL.';
  return new BadInput(`'${code}' is not a code of ${tree.source}. ${hint}`);
}

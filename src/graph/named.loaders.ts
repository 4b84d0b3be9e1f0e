import { sql, type RawBuilder } from 'kysely';
import type { Read } from './context.js';
import { loaderOf, onePerRequest } from './loaders.js';

/** Which rows of a table a condition names: those with one of these values in a column, or all below a path. */
export interface Named {
  table: string;
  column: string;
  among: readonly string[] | { below: string };
}

/** Looks up ids by what clients call the rows, as far as the viewer may see them. */
export type IdsOf = (named: Named) => Promise<string[]>;

/** The lookups of all lists that are asked for at once share a statement. */
export const idsLoader = onePerRequest((read: Read): IdsOf => {
  const load = async (batch: readonly Named[]) => {
    const arms = batch.map(
      ({ table, ...named }, index) =>
        sql`select ${sql.lit(index)} as n, array(select t.id from ${sql.table(table)} t where ${conditionOf(named)}) as ids`,
    );
    const rows = await read(sql<{ n: number; ids: string[] }>`${sql.join(arms, sql` union all `)}`);
    const found = new Map(rows.map(({ n, ids }) => [n, ids]));
    return batch.map((_, index) => found.get(index) ?? []);
  };
  const loader = loaderOf<Named, string[], string>(read, load, { cacheKeyFn: (named) => JSON.stringify(named) });
  return (named) => loader.load(named);
});

function conditionOf({ column, among }: Pick<Named, 'column' | 'among'>): RawBuilder<boolean> {
  const named = sql.ref(`t.${column}`);
  return 'below' in among ? inSubtree(named, among.below) : sql<boolean>`${named} = any(${among}::text[])`;
}

/** Whether a materialised path is this one or below it, in code point order: '0' follows '/'. */
export function inSubtree(path: RawBuilder<unknown>, top: string): RawBuilder<boolean> {
  return sql<boolean>`(${path} >= ${top} and ${path} < ${`${top.slice(0, -1)}0`})`;
}

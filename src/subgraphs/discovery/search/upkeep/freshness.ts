import { sql, type Kysely } from 'kysely';
import type { Run } from '../../../../graph/context.js';
import type { Freshness } from '../search.js';

/** How far an engine is behind the records; null where nothing keeps it up. */
export async function freshnessOf(run: Run, target: string): Promise<Freshness | null> {
  const [row] = await run(sql<Freshness>`
    select to_char(f.up_to at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "upTo", f.lag
    from goodgraph_search_freshness(${target}) f`);
  return row ?? null;
}

export interface Upkeep {
  target: string;
  /** Seconds since the oldest change that is not in. */
  lag: number;
  /** Records whose documents it did not take. */
  quarantined: number;
}

/** How all engines that were ever filled are kept up. */
export async function upkeepOf(db: Kysely<unknown>): Promise<Upkeep[]> {
  const { rows } = await sql<Upkeep>`
    select t.name as "target", f.lag,
      (select count(*)::int from search_quarantine q where q.target = t.name) as "quarantined"
    from search_target t cross join lateral goodgraph_search_freshness(t.name) f order by t.name`.execute(db);
  return rows;
}

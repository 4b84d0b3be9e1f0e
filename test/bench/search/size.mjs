// How much disk an index takes, and how many documents it holds.

export async function sizeOf({ engine, stage, meilisearch }) {
  if (engine === 'PostgreSQL') {
    const [row] = await stage.query(`
      select sum(pg_total_relation_size(c.oid))::float8 as bytes from pg_class c
      where c.relnamespace = 'goodgraph_search'::regnamespace and c.relkind = 'r'`);
    return { bytes: row.bytes };
  }
  const headers = { authorization: `Bearer ${meilisearch.key}` };
  const stats = await (await fetch(new URL('/stats', meilisearch.url), { headers })).json();
  return { bytes: stats.usedDatabaseSize ?? stats.databaseSize };
}

/** Documents of the index, by the server's own count of all. */
export async function documentsIn(stage) {
  const [row] = await stage.query(`
    select sum(n)::int as count from (
      select count(*) as n from good_practice where publication_status = 'PUBLISHED'
      union all select count(*) from partner where publication_status = 'PUBLISHED'
      union all select count(*) from project where publication_status = 'PUBLISHED'
      union all select count(*) from transfer where publication_status = 'PUBLISHED'
      union all select count(*) from event where publication_status = 'PUBLISHED'
      union all select count(*) from output where publication_status = 'PUBLISHED') c`);
  return row.count;
}

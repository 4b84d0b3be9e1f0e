// Practices whose titles are changed to measure what follows, and their own titles again afterwards.

const quoted = (value) => `'${JSON.stringify(value).replaceAll("'", "''")}'::jsonb`;

/** Some practices, in an order of no meaning. */
export const somePractices = (stage, count) =>
  stage.query(
    `select id, title from good_practice where publication_status = 'PUBLISHED' and origin = 'DEMONSTRATION'
      order by md5(id) limit ${count}`,
  );

export const retitle = (stage, practices) =>
  stage.query(
    `update good_practice g set title = v.title from jsonb_to_recordset(${quoted(practices)}) v (id text, title text) where v.id = g.id`,
  );

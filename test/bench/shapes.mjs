/**
 * The four shapes that are measured. Each is asked of three servers in their own words, and `same` brings an answer into
 * one form, so that answers are compared before anything is timed.
 */

const name = ({ nameEnglish, nameLatin, nameOriginal }) => nameEnglish ?? nameLatin ?? nameOriginal;
const region = ({ code, ...names }) => ({ code, name: names.name ?? name(names) });
const place = (found) => (found ? region(found) : null);
const who = (found) => (found ? { slug: found.slug, name: found.name ?? name(found) } : null);

const REGION = 'code name';
const PG_REGION = 'code nameEnglish nameLatin';
const PG_PARTNER = 'slug nameEnglish nameLatin nameOriginal';
const PG_REGIONS = `goodPracticeRegionsByGoodPracticeId(orderBy: POSITION_ASC) { nodes { regionByRegionId { ${PG_REGION} } } }`;
const pgRegions = ({ goodPracticeRegionsByGoodPracticeId: { nodes } }) =>
  nodes.map(({ regionByRegionId }) => region(regionByRegionId));

export const shapes = {
  'one practice': {
    goodgraph: `query ($slug: String!) { goodPractice(slug: $slug) {
      slug title summary owner { slug name } regions { ${REGION} } } }`,
    postgraphile: `query ($slug: String!) { goodPracticeBySlug(slug: $slug) {
      slug title summary partnerByOwnerId { ${PG_PARTNER} } ${PG_REGIONS} } }`,
    sql: `select jsonb_build_object('slug', g.slug, 'title', g.title, 'summary', g.summary,
        'owner', (select jsonb_build_object('slug', o.slug, 'name', coalesce(o.name_english, o.name_latin, o.name_original))
          from partner o where o.id = g.owner_id),
        'regions', (select coalesce(jsonb_agg(jsonb_build_object('code', r.code, 'name', coalesce(r.name_english, r.name_latin))
          order by j.position, r.id), '[]') from good_practice_region j join region r on r.id = j.region_id
          where j.good_practice_id = g.id)) as data
      from good_practice g where g.slug = $1`,
    parameters: ({ slug }) => [slug],
    sample: `select slug from good_practice where publication_status = 'PUBLISHED' order by md5(slug) limit 500`,
    same: {
      GoodGraph: ({ goodPractice }) => goodPractice,
      'PostGraphile 5': ({ goodPracticeBySlug: { partnerByOwnerId, ...found } }) => ({
        slug: found.slug,
        title: found.title,
        summary: found.summary,
        owner: who(partnerByOwnerId),
        regions: pgRegions(found),
      }),
    },
  },

  'twenty practices': {
    goodgraph: `query { goodPractices(first: 20, orderBy: UPDATED_DESC) { nodes {
      slug title owner { slug name } regions { ${REGION} }
      transfers(first: 5, orderBy: UPDATED_DESC) { nodes { slug status destination { ${REGION} } } } } } }`,
    postgraphile: `query { allGoodPractices(first: 20, orderBy: [UPDATED_AT_DESC, ROW_ID_DESC]) { nodes {
      slug title partnerByOwnerId { ${PG_PARTNER} } ${PG_REGIONS}
      latestTransfers(first: 5) { nodes { slug status regionByDestinationId { ${PG_REGION} } } } } } }`,
    sql: `select coalesce(jsonb_agg(jsonb_build_object('slug', g.slug, 'title', g.title,
        'owner', (select jsonb_build_object('slug', o.slug, 'name', coalesce(o.name_english, o.name_latin, o.name_original))
          from partner o where o.id = g.owner_id),
        'regions', (select coalesce(jsonb_agg(jsonb_build_object('code', r.code, 'name', coalesce(r.name_english, r.name_latin))
          order by j.position, r.id), '[]') from good_practice_region j join region r on r.id = j.region_id
          where j.good_practice_id = g.id),
        'transfers', (select coalesce(jsonb_agg(jsonb_build_object('slug', f.slug, 'status', f.status,
            'destination', (select jsonb_build_object('code', r.code, 'name', coalesce(r.name_english, r.name_latin))
              from region r where r.id = f.destination_id)) order by f.updated_at desc, f.id desc), '[]')
          from (select f.* from transfer_practice j join transfer f on f.id = j.transfer_id
            where j.practice_id = g.id order by f.updated_at desc, f.id desc limit 5) f))
        order by g.updated_at desc, g.id desc), '[]') as data
      from (select * from good_practice order by updated_at desc, id desc limit 20) g`,
    parameters: () => [],
    sample: `select 1 as nothing`,
    same: {
      GoodGraph: ({ goodPractices }) =>
        goodPractices.nodes.map(({ transfers, ...practice }) => ({ ...practice, transfers: transfers.nodes })),
      'PostGraphile 5': ({ allGoodPractices }) =>
        allGoodPractices.nodes.map(({ partnerByOwnerId, latestTransfers, ...found }) => ({
          slug: found.slug,
          title: found.title,
          owner: who(partnerByOwnerId),
          regions: pgRegions(found),
          transfers: latestTransfers.nodes.map(({ regionByDestinationId, ...transfer }) => ({
            ...transfer,
            destination: place(regionByDestinationId),
          })),
        })),
    },
  },

  'region and theme': {
    goodgraph: `query ($within: String!, $theme: String!) { goodPractices(first: 20, orderBy: UPDATED_DESC,
      where: { region: { within: $within }, theme: { eq: $theme } }) { totalCount nodes { slug title } } }`,
    postgraphile: `query ($within: String!, $theme: String!) { practicesWithin(first: 20, code: $within, theme: $theme) {
      totalCount nodes { slug title } } }`,
    sql: `with area as (select path, rtrim(path, '/') || '0' as beyond from region where code = $1 and code_version = 2024),
      found as (select g.slug, g.title, g.updated_at, g.id from good_practice g
        where g.id = any (array (select j.good_practice_id from region r join good_practice_region j on j.region_id = r.id
            where r.path >= (select path from area) and r.path < (select beyond from area)))
          and exists (select from good_practice_theme j
            where j.good_practice_id = g.id and j.theme_id = (select id from theme where slug = $2)))
      select jsonb_build_object('totalCount', (select count(*) from found), 'nodes', (
        select coalesce(jsonb_agg(jsonb_build_object('slug', p.slug, 'title', p.title) order by p.updated_at desc, p.id desc), '[]')
        from (select * from found order by updated_at desc, id desc limit 20) p)) as data`,
    parameters: ({ within, theme }) => [within, theme],
    sample: `select r.code as within, h.slug as theme from region r cross join theme h
      where r.code_version = 2024 and r.level = 2 and r.country_code in ('DE', 'FR', 'IT', 'ES') and h.origin = 'DEMONSTRATION'
      order by md5(r.code || h.slug) limit 100`,
    same: {
      GoodGraph: ({ goodPractices }) => goodPractices,
      'PostGraphile 5': ({ practicesWithin }) => practicesWithin,
    },
  },

  'partner, deep': {
    goodgraph: `query ($slug: String!) { partner(slug: $slug) { slug name
      goodPractices(first: 20, orderBy: UPDATED_DESC) { nodes { slug title
        transfers(first: 5, orderBy: UPDATED_DESC) { nodes { slug status destination { ${REGION} }
          receiver { slug name } outcomes { achieved target indicator { name unit } } } } } } } }`,
    postgraphile: `query ($slug: String!) { partnerBySlug(slug: $slug) { ${PG_PARTNER}
      goodPracticesByOwnerId(first: 20, orderBy: [UPDATED_AT_DESC, ROW_ID_DESC]) { nodes { slug title
        latestTransfers(first: 5) { nodes { slug status regionByDestinationId { ${PG_REGION} }
          partnerByReceiverId { ${PG_PARTNER} }
          outcomesByTransferId(orderBy: [POSITION_ASC, ROW_ID_ASC]) { nodes {
            achieved target indicatorByIndicatorId { name unit } } } } } } } } }`,
    sql: `select jsonb_build_object('slug', o.slug, 'name', coalesce(o.name_english, o.name_latin, o.name_original),
        'goodPractices', (select coalesce(jsonb_agg(jsonb_build_object('slug', g.slug, 'title', g.title,
          'transfers', (select coalesce(jsonb_agg(jsonb_build_object('slug', f.slug, 'status', f.status,
              'destination', (select jsonb_build_object('code', r.code, 'name', coalesce(r.name_english, r.name_latin))
                from region r where r.id = f.destination_id),
              'receiver', (select jsonb_build_object('slug', q.slug, 'name', coalesce(q.name_english, q.name_latin, q.name_original))
                from partner q where q.id = f.receiver_id),
              'outcomes', (select coalesce(jsonb_agg(jsonb_build_object('achieved', m.achieved::text, 'target', m.target::text,
                  'indicator', (select jsonb_build_object('name', i.name, 'unit', i.unit) from indicator i where i.id = m.indicator_id))
                  order by m.position, m.id), '[]') from outcome m where m.transfer_id = f.id))
              order by f.updated_at desc, f.id desc), '[]')
            from (select f.* from transfer_practice j join transfer f on f.id = j.transfer_id
              where j.practice_id = g.id order by f.updated_at desc, f.id desc limit 5) f))
          order by g.updated_at desc, g.id desc), '[]')
        from (select * from good_practice g where g.owner_id = o.id order by updated_at desc, id desc limit 20) g)) as data
      from partner o where o.slug = $1`,
    parameters: ({ slug }) => [slug],
    sample: `select o.slug from partner o where o.publication_status = 'PUBLISHED' and o.origin = 'DEMONSTRATION'
      and (select count(*) from good_practice g where g.owner_id = o.id) between 5 and 40 order by md5(o.slug) limit 100`,
    same: {
      GoodGraph: ({ partner: { goodPractices, ...partner } }) => ({
        ...partner,
        goodPractices: goodPractices.nodes.map(({ transfers, ...practice }) => ({
          ...practice,
          transfers: transfers.nodes,
        })),
      }),
      'PostGraphile 5': ({ partnerBySlug: { goodPracticesByOwnerId, ...partner } }) => ({
        ...who(partner),
        goodPractices: goodPracticesByOwnerId.nodes.map(({ latestTransfers, slug, title }) => ({
          slug,
          title,
          transfers: latestTransfers.nodes.map((transfer) => ({
            slug: transfer.slug,
            status: transfer.status,
            destination: place(transfer.regionByDestinationId),
            receiver: who(transfer.partnerByReceiverId),
            outcomes: transfer.outcomesByTransferId.nodes.map(({ achieved, target, indicatorByIndicatorId }) => ({
              achieved,
              target,
              indicator: indicatorByIndicatorId,
            })),
          })),
        })),
      }),
    },
  },
};

/** What PostGraphile is given for questions that tables and foreign keys alone do not answer, as its manual says: functions. */
export const functions = `
  create or replace function good_practice_latest_transfers(p good_practice) returns setof transfer language sql stable as $$
    select f.* from transfer_practice j join transfer f on f.id = j.transfer_id where j.practice_id = p.id
    order by f.updated_at desc, f.id desc $$;
  create or replace function practices_within(code text, theme text) returns setof good_practice language sql stable as $$
    select g.* from good_practice g
    where g.id = any (array (select j.good_practice_id from region r join good_practice_region j on j.region_id = r.id, region a
        where a.code = practices_within.code and a.code_version = 2024
          and r.path >= a.path and r.path < rtrim(a.path, '/') || '0'))
      and exists (select from good_practice_theme j where j.good_practice_id = g.id
        and j.theme_id = (select h.id from theme h where h.slug = practices_within.theme))
    order by g.updated_at desc, g.id desc $$`;

import { describe, expect, test } from 'vitest';
import { anApp } from '../support/app.js';
import { aFile } from '../support/files.js';

// Small pages: most files are made of several.
const app = await anApp('seeded', {}, undefined, { lists: { firstPage: 2, page: 10 } });

/** Each list by its address, with its field and what of a row tells which it is. */
const lists: Record<string, string> = {
  'action-plans': 'actionPlans',
  events: 'events',
  indicators: 'indicators',
  outputs: 'outputs',
  partners: 'partners',
  'policy-instruments': 'policyInstruments',
  practices: 'goodPractices',
  programmes: 'programmes',
  projects: 'projects',
  regions: 'regions',
  sources: 'sources',
  tasks: 'tasks',
  themes: 'themes',
  transfers: 'transfers',
};

// oxlint-disable-next-line typescript/no-explicit-any -- answers are asserted whole
type Answer = Record<string, any>;

async function ask(query: string): Promise<Answer> {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: Answer; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

/** All rows of a list, as the graph answers them page by page. */
async function rowsOf(field: string, selection: string, narrowed = '', page = 100): Promise<Answer[]> {
  const rows: Answer[] = [];
  for (let after = ''; ;) {
    const data = await ask(
      `{ list: ${field}(first: ${page} ${narrowed} ${after && `after: "${after}"`}) { nodes { ${selection} } pageInfo { endCursor hasNextPage } } }`,
    );
    const { nodes, pageInfo } = data['list'];
    rows.push(...nodes);
    if (!pageInfo.hasNextPage) return rows;
    after = pageInfo.endCursor;
  }
}

/** What a cell of CSV holds of a value without formulas. */
const text = (value: unknown): string =>
  Array.isArray(value)
    ? value.map((each) => (Array.isArray(each) ? each.join(' | ') : text(each))).join('; ')
    : String(value ?? '');

const at = (value: unknown, [name = '', ...rest]: string[]): unknown => {
  if (name === '' || value === null) return value;
  return Array.isArray(value) ? value.map((each) => at(each, [name, ...rest])) : at((value as Answer)[name], rest);
};

test('every root list of the graph that can be narrowed and ordered is a file', async () => {
  const { __schema: schema } = await ask('{ __schema { queryType { fields { name args { name type { kind } } } } } }');
  const fields = (schema.queryType.fields as Answer[]).filter(
    ({ name: field, args }) =>
      field !== 'search' &&
      ['where', 'orderBy'].every((name) => args.some((each: Answer) => each['name'] === name)) &&
      args.every(({ type }: Answer) => type.kind !== 'NON_NULL'),
  );
  expect(fields.map(({ name }) => name as string).toSorted()).toEqual(Object.values(lists).toSorted());
});

test.each(Object.entries(lists))('/%s is what the graph answers, in each format', async (name, field) => {
  // Of regions a part is enough.
  const [query, narrowed] = name === 'regions' ? ['?level=0&level=1', 'where: { level: { in: [0, 1] } }'] : ['', ''];
  const ids = (await rowsOf(field, 'id', narrowed)).map(({ id }) => id as string);
  const read = (format: string) => aFile(`${app.url}/${name}.${format}${query}`);
  const [csv, json, ndjson] = await Promise.all([read('csv'), read('json'), read('ndjson')]);
  expect(ids.length).toBeGreaterThan(0);
  expect(json.rows.map(({ id }) => id as string)).toEqual(ids);
  expect(ndjson.rows).toEqual(json.rows);
  expect(csv.rows).toEqual(
    json.rows.map((row) =>
      Object.fromEntries(Object.keys(csv.rows[0] ?? {}).map((path) => [path, text(at(row, path.split('.')))])),
    ),
  );
  for (const { status, about, sha256 } of [csv, json, ndjson])
    expect([status, about.rows, about.sha256]).toEqual([200, ids.length, sha256]);
});

test('rows hold values, dates as far as they are known, keys and names of others, and lists', async () => {
  const selection = `id slug title startDate startDatePrecision endDate endDatePrecision isOngoing cost { amount currency }
    owner { slug name } identifiedIn { slug acronym } regions { code name } themes { slug label } keywords links { title url }
    validation { level at atPrecision by { slug name } } completeness updatedAt`;
  const { rows } = await aFile(`${app.url}/practices.json`);
  const known = (day: string | null, precision: string) =>
    day && day.slice(0, { YEAR: 4, MONTH: 7, DAY: 10 }[precision]);
  const expected = (await rowsOf('goodPractices', selection, '', 40)).map(
    ({ startDate, startDatePrecision, endDate, endDatePrecision, validation, ...row }) => ({
      ...row,
      startDate: known(startDate, startDatePrecision),
      endDate: known(endDate, endDatePrecision),
      validation: validation && {
        level: validation.level,
        at: known(validation.at, validation.atPrecision),
        by: validation.by,
      },
    }),
  );
  expect(rows).toMatchObject(expected);
  expect(rows.filter(({ startDate }) => /^\d{4}$/.test(startDate ?? ''))).not.toEqual([]);
});

test('a file tells its terms, its address, its day, and how it may be kept', async () => {
  const query = `${app.url}/practices.csv?region=ITI1&title=c%2Cr;`;
  const { headers, about } = await aFile(`${app.url}/practices.csv?region=ITI1&title=a`);
  expect(about).toEqual({
    attribution: 'GoodGraph contributors and the sources that each record names',
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    query: `${app.url}/practices.csv?region=ITI1&title=a`,
    date: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
    rows: expect.any(Number) as number,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
  expect((await aFile(query)).about.query).toBe(query.replace(';', '%3B'));
  const told = ['content-type', 'content-disposition', 'link', 'cache-control', 'vary', 'access-control-allow-origin'];
  expect(told.map((name) => headers.get(name))).toEqual([
    'text/csv; charset=utf-8; header=present',
    'attachment; filename="practices.csv"',
    '<https://creativecommons.org/licenses/by/4.0/>; rel="license"',
    'public, max-age=60',
    'Authorization',
    '*',
  ]);
  // What is left to one client is nothing that others may be told by a cache.
  expect([...headers.keys()].filter((name) => name.startsWith('ratelimit'))).toEqual([]);
});

describe('parameters narrow and order a list as its `where` does', () => {
  test.each([
    ['practices', 'region=ITI1', 'where: { region: { within: "ITI1" } }'],
    [
      'practices',
      'region=ITI1&region=ES',
      'where: { or: [{ region: { within: "ITI1" } }, { region: { within: "ES" } }] }',
    ],
    ['practices', 'region.only=ITI1', 'where: { region: { eq: "ITI1" } }'],
    [
      'practices',
      'theme=innocrafts-t4&country=IT',
      'where: { theme: { within: "innocrafts-t4" }, country: { eq: "IT" } }',
    ],
    ['practices', 'title=craft', 'where: { title: { contains: "craft" } }'],
    ['practices', 'hasMeasurements=true', 'where: { hasMeasurements: true }'],
    [
      'practices',
      'startDate.from=2000-01-01&startDate.to=2012-12-31',
      'where: { startDate: { gte: "2000-01-01", lte: "2012-12-31" } }',
    ],
    ['practices', 'orderBy=START_DESC', 'orderBy: START_DESC'],
    ['regions', 'version=2010&level=1&level=0', 'where: { version: { eq: 2010 }, level: { in: [0, 1] } }'],
    ['transfers', 'status=INTEREST&status=IMPLEMENTED', 'where: { status: { in: [INTEREST, IMPLEMENTED] } }'],
    ['sources', 'orderBy=UPDATED_DESC', 'orderBy: UPDATED_DESC'],
  ])('/%s?%s', async (name, query, narrowed) => {
    const ids = (rows: Answer[]) => rows.map(({ id }) => id as string);
    const all = name === 'regions' ? [] : ids(await rowsOf(lists[name] ?? '', 'id'));
    const expected = ids(await rowsOf(lists[name] ?? '', 'id', narrowed));
    expect(expected).not.toEqual(all);
    expect(expected).not.toEqual([]);
    expect(ids((await aFile(`${app.url}/${name}.ndjson?${query}`)).rows)).toEqual(expected);
  });

  test('language tells texts in it', async () => {
    const labels = async (query: string) =>
      (await aFile(`${app.url}/themes.json${query}`)).rows.map(({ label }) => label as string);
    const themes = await rowsOf('themes', 'label(language: "it")');
    expect(await labels('?language=it')).toEqual(themes.map(({ label }) => label as string));
  });
});

test.each([
  ['/themes.csv?regoin=IT', 400, '/themes has no parameter `regoin`. It takes '],
  ['/practices.csv?startDate=2014-01-01', 400, '/practices has no parameter `startDate`. It takes '],
  ['/practices.csv?__proto__=a', 400, '/practices has no parameter `__proto__`.'],
  ['/indicators.csv?language=it', 400, '/indicators has no parameter `language`.'],
  ['/practices.csv?region=XX', 400, "'XX' is not a code of NUTS 2024."],
  ['/practices.csv?theme=nothing', 400, "'nothing'"],
  ['/practices.csv?validation=GOOD', 400, "`validation` cannot be 'GOOD'. It is one of EXPERT, LABEL, NONE, PROJECT."],
  ['/practices.csv?startDate.from=2014', 400, '`startDate.from`: Date cannot be "2014". Write it as YYYY-MM-DD.'],
  [
    '/practices.csv?startDate.to=2014-01-01&startDate.to=2015-01-01',
    400,
    '`startDate.to` is given 2 times. Give it once.',
  ],
  ['/practices.csv?isOngoing=1', 400, "`isOngoing` cannot be '1'. It is true or false."],
  ['/practices.csv?rating=high', 400, "`rating` cannot be 'high'. It is a whole number."],
  ['/practices.csv?cost.to=much', 400, '`cost.to`: Decimal cannot be "much".'],
  ['/practices.csv?orderBy=TITLE', 400, "`orderBy` cannot be 'TITLE'. It is one of "],
  ['/practices.csv?language=italiano!', 400, '`language`: LanguageTag cannot be "italiano!".'],
  ['/practices.csv?owner=', 400, '`owner` is empty. Leave it out, or give it a value.'],
  ['/practices.xlsx', 404, '/practices comes as /practices.csv, /practices.json, /practices.ndjson.'],
  ['/practices.constructor', 404, '/practices comes as '],
])('%s is refused with %s, and what to do', async (address, status, message) => {
  app.statements.length = 0;
  const response = await fetch(`${app.url}${address}`);
  const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
  expect([response.status, response.headers.get('cache-control')]).toEqual([status, 'no-store']);
  expect(errors[0]?.message).toContain(message);
  expect(errors[0]?.extensions.code).toBe(status === 404 ? 'NOT_FOUND' : 'BAD_USER_INPUT');
});

test('HEAD tells what GET would, without the rows; other methods are refused', async () => {
  const head = await fetch(`${app.url}/regions.csv?country=MT`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([
    200,
    'text/csv; charset=utf-8; header=present',
    '',
  ]);
  expect((await fetch(`${app.url}/regions.csv?country=`, { method: 'HEAD' })).status).toBe(400);
  const post = await fetch(`${app.url}/regions.csv`, { method: 'POST' });
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
  const preflight = await fetch(`${app.url}/regions.csv`, {
    method: 'OPTIONS',
    headers: { origin: 'https://example.org', 'access-control-request-method': 'GET' },
  });
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
});

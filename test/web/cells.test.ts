import { beforeAll, expect, test } from 'vitest';
import { anApp } from '../support/app.js';
import { aFile } from '../support/files.js';
import { aPractice, aPartner, aTheme, link } from '../support/factories.js';

const app = await anApp();

/** Titles with what a spreadsheet would show of each. */
const titles: [title: string, shown: string][] = [
  ['=HYPERLINK("https://example.org")', '\'=HYPERLINK("https://example.org")'],
  ['+1 for crafts', "'+1 for crafts"],
  ['-5', '-5'],
  ['-5.25', '-5.25'],
  ['-5+3', "'-5+3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', "'\r=1"],
  ['＝1+1', "'＝1+1"],
  ['A "quoted", listed; title\nin two\r\nlines', 'A "quoted", listed; title\nin two\r\nlines'],
  ['Работилница за занаяти', 'Работилница за занаяти'],
  ['# no comment', '# no comment'],
  [' spaces ', ' spaces '],
];

beforeAll(async () => {
  const { id: owner } = await aPartner(app.database, { name_original: '=Owner, the' });
  const { id: theme } = await aTheme(app.database, { slug: 'first', label: 'First' });
  const { id: other } = await aTheme(app.database, { slug: 'second', label: '=1; 2' });
  for (const [index, [title]] of titles.entries()) {
    const { id } = await aPractice(app.database, {
      slug: `practice-${index}`,
      title,
      owner_id: owner,
      ...(index === 0 && {
        keywords: ['loom', '@risk'],
        start_date: '2014-07-01',
        start_date_precision: 'MONTH',
        end_date: '2015-01-01',
        end_date_precision: 'YEAR',
        cost_amount: '1234.50',
        cost_currency: 'EUR',
        is_ongoing: false,
        links: JSON.stringify([
          { url: 'https://example.org/a', title: null },
          { url: 'https://example.org/b', title: 'B' },
        ]),
      }),
    });
    if (index > 0) continue;
    await link(app.database, 'good_practice_theme', { good_practice_id: id, theme_id: theme, position: '0' });
    await link(app.database, 'good_practice_theme', { good_practice_id: id, theme_id: other, position: '1' });
  }
});

test('texts are what they were, and no cell is a formula', async () => {
  const { rows, text } = await aFile(`${app.url}/practices.csv`);
  const shown = new Map(rows.map(({ slug, title }) => [slug, title]));
  expect(titles.map((_, index) => shown.get(`practice-${index}`))).toEqual(titles.map(([, told]) => told));
  expect(new Set(rows.map((row) => row['owner.name']))).toEqual(new Set(["'=Owner, the"]));
  expect(text).not.toMatch(/(^|[,;]|\r\n)"?\s?[=@]/);
  // In JSON there is nothing to be afraid of.
  const { rows: told } = await aFile(`${app.url}/practices.json`);
  expect(new Set(told.map(({ title }) => title as string))).toEqual(new Set(titles.map(([title]) => title)));
});

test('a row has a cell for each part of it, and lists side by side stay in step', async () => {
  const row = (await aFile(`${app.url}/practices.csv`)).rows.find(({ slug }) => slug === 'practice-0');
  expect(row).toMatchObject({
    keywords: "loom; '@risk",
    startDate: '2014-07',
    endDate: '2015',
    'cost.amount': '1234.50',
    'cost.currency': 'EUR',
    isOngoing: 'false',
    'links.url': 'https://example.org/a; https://example.org/b',
    'links.title': '; B',
    'themes.slug': 'first; second',
    'themes.label': "First; '=1; 2",
    maturity: '',
  });
  const told = (await aFile(`${app.url}/practices.ndjson`)).rows.find(({ slug }) => slug === 'practice-0');
  expect(told).toMatchObject({
    startDate: '2014-07',
    cost: { amount: '1234.50', currency: 'EUR' },
    isOngoing: false,
    links: [
      { url: 'https://example.org/a', title: null },
      { url: 'https://example.org/b', title: 'B' },
    ],
    themes: [
      { slug: 'first', label: 'First' },
      { slug: 'second', label: '=1; 2' },
    ],
    maturity: null,
  });
});

test('what is made up is in a file only where somebody asks for it, and the file says so', async () => {
  await aPractice(app.database, { slug: 'made-up', origin: 'DEMONSTRATION' });
  const [all, made] = [
    await aFile(`${app.url}/practices.csv`),
    await aFile(`${app.url}/practices.csv?origin=DEMONSTRATION`),
  ];
  expect(all.rows.map(({ slug }) => slug as string)).not.toContain('made-up');
  expect(all.about.notice).toBeUndefined();
  expect(made.rows.map(({ slug }) => slug as string)).toEqual(['made-up']);
  expect(made.about.notice).toBe('Holds demonstration records: made up to show features and never facts');
});

test('an empty list is a whole file too', async () => {
  for (const format of ['csv', 'json', 'ndjson']) {
    const { status, rows, about, sha256 } = await aFile(`${app.url}/tasks.${format}`);
    expect([status, rows, about.rows, about.sha256]).toEqual([200, [], 0, sha256]);
  }
});

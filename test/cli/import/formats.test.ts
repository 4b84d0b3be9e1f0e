import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleaned, converted } from '../../../src/cli/import/cell.js';
import { tableLine, TableReader } from '../../../src/cli/import/csv.js';
import { markSaid } from '../../../src/cli/import/detect.js';
import { JsonItems, parseItem } from '../../../src/cli/import/json-items.js';
import { SeenRecords } from '../../../src/cli/import/seen.js';
import { parseYamlItem, YamlItems } from '../../../src/cli/import/yaml-items.js';
import { aDatabase, execute } from '../../support/database.js';
import { aFile, imported } from './importing.js';

/** A text in parts of any length. */
function inParts(text: string, length: number): string[] {
  return Array.from({ length: Math.ceil(text.length / length) }, (_, index) =>
    text.slice(index * length, (index + 1) * length),
  );
}

function readAll<Item>(
  reader: { read(part: string, isLast?: boolean): Iterable<Item> },
  parts: readonly string[],
): Item[] {
  return [...parts.flatMap((part) => [...reader.read(part)]), ...reader.read('', true)];
}

test('any table is read as it was written, however it comes in parts', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', 'é', ';'), maxLength: 6 });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(table, fc.integer({ min: 1, max: 7 }), (rows, length) => {
      const text = rows.map((row) => tableLine(row, ',')).join('');
      const read = readAll(new TableReader(','), inParts(text, length));
      expect(read.map(({ cells }) => cells)).toEqual(rows);
      expect(read.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1));
    }),
    { numRuns: 300 },
  );
});

test('rows after a broken one are read on, and so are lines that end with \\r\\n', () => {
  const text = 'a,b\r\n1,"x"y\r\n\r\n2,"z"\r\n';
  for (const length of [1, 3, 100])
    expect(readAll(new TableReader(','), inParts(text, length))).toEqual([
      { number: 1, cells: ['a', 'b'] },
      {
        number: 2,
        cells: ['1', 'x'],
        fault: { cell: 1, expected: expect.any(String) as string, found: expect.any(String) as string },
      },
      { number: 4, cells: ['2', 'z'] },
    ]);
});

test('any list of JSON is cut into its items, however it comes in parts', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 2 })), fc.integer({ min: 1, max: 9 }), (list, length) => {
      const items = readAll(new JsonItems(), inParts(JSON.stringify(list, null, length % 3), length));
      expect(items.map(({ text }) => parseItem(text))).toEqual(JSON.parse(JSON.stringify(list)));
    }),
    { numRuns: 300 },
  );
});

test('numbers that would change are texts as they are written', () => {
  expect(parseItem('{"a":12345678901234567890,"b":1e400,"c":1.5,"d":1234567890123456}')).toEqual({
    a: '12345678901234567890',
    b: '1e400',
    c: 1.5,
    d: 1_234_567_890_123_456,
  });
  expect(parseYamlItem('- a: 1e400\n  b: 012\n  c: 12')).toEqual({ a: '1e400', b: '012', c: 12 });
});

test('a YAML list is cut at its dashes, with comments, texts of several lines and lists inside', () => {
  const text = '# rows\n---\n- a: |\n    one\n    - two\n  b: [1, 2]\n# between\n-\n  a: x\n  b:\n    - 3\n';
  for (const length of [1, 5, 100])
    expect(readAll(new YamlItems(), inParts(text, length)).map((item) => parseYamlItem(item.text))).toEqual([
      { a: 'one\n- two\n', b: [1, 2] },
      { a: 'x', b: [3] },
    ]);
});

const database = await aDatabase('seeded');

describe('the same rows in every format and encoding', () => {
  const mapping = (head = '') => `
source: https://example.org/formats.csv
namespace: formats
${head}
empty: [NA]
records:
  partner:
    key: id
    fields: { nameOriginal: name, acronym: short, specialisations: { column: topics, split: ';' }, region: { region: { code: nuts } } }
`;
  const table = (mark: string) =>
    ['id name nuts short topics', '1 Größe_x000D_ AT13 NA a;b', '2 Zweite AT12 Z_x000D_ b']
      .map((line) => line.split(' ').join(mark))
      .join('\r\n');
  const list = [
    { id: 1, name: 'Größe', nuts: 'AT13', short: 'NA', topics: 'a;b' },
    { id: '2', name: ' Zweite ', nuts: 'AT12', short: 'Z', topics: ['b'] },
  ];
  const yaml = list.map((row) => `- ${JSON.stringify(row)}`).join('\n');
  const cases: [name: string, content: string | Buffer, head: string][] = [
    ['a.csv', `${table(',')}\n`, ''],
    ['b.csv', `\ufeff${table('|')}\n`, ''],
    ['c.tsv', `${table('\t')}\n`, ''],
    ['d.csv', Buffer.from(`${table(',')}\n`, 'latin1'), ''],
    ['e.csv', Buffer.from(`${table(',')}\n`, 'latin1'), 'encoding: iso-8859-15'],
    ['f.csv', Buffer.from(`\ufeff${table(',')}\n`, 'utf16le'), ''],
    ['g.json', JSON.stringify(list, null, 2), ''],
    ['h.ndjson', list.map((row) => JSON.stringify(row)).join('\n'), ''],
    ['i.yaml', `${yaml}\n`, ''],
    ['j.txt', table(','), 'format: csv\ndelimiter: ","'],
  ];

  const inFormats = `from partner where source_url = 'https://example.org/formats.csv'`;

  test.each(cases)('%s', async (name, content, head) => {
    const done = await imported(database, await aFile(name, content), mapping(head));
    expect(done).toMatchObject({ rows: 2, rejected: 0, stopped: null });
    expect(
      await execute(
        database,
        `select p.name_original as name, p.acronym, p.specialisations, r.code from partner p join region r on r.id = p.region_id
         where p.source_url = 'https://example.org/formats.csv' order by 1`,
      ),
    ).toEqual([
      { name: 'Größe', acronym: null, specialisations: ['a', 'b'], code: 'AT13' },
      { name: 'Zweite', acronym: 'Z', specialisations: ['b'], code: 'AT12' },
    ]);
    await execute(database, `delete from record_source where record_id in (select id ${inFormats})`);
    await execute(database, `delete ${inFormats}`);
  });
});

describe('cells', () => {
  const plain = { dates: null, decimal: null };
  const number = { kind: 'number' } as const;
  const date = { kind: 'date' } as const;

  test('lose what spreadsheets leave behind', () => {
    expect(cleaned('  a_x000D_\r\nb  \u{a0}\n', new Set())).toBe('a\nb');
    expect(cleaned(' NA ', new Set(['NA']))).toBeNull();
  });

  test.each([
    ['1.234.567,5', 'comma', '1234567.5'],
    ['1 234,50', 'comma', '1234.50'],
    ['1,234,567.5', 'point', '1234567.5'],
    ["1'234.5", 'point', '1234.5'],
    ['-3', 'point', '-3'],
  ] as const)('%s with a %s is %s', (text, decimal, value) => {
    expect(converted(text, number, { ...plain, decimal })).toBe(value);
  });

  test.each([
    ['03/04/2020', 'day-first', '2020-04-03'],
    ['03/04/2020', 'month-first', '2020-03-04'],
    ['3.4.2020 00:00', 'day-first', '2020-04-03'],
    ['2020-04-03T10:00:00Z', 'year-first', '2020-04-03'],
    ['2020/4/3', null, '2020-04-03'],
    ['4/2020', null, '2020-04'],
    ['2020', null, '2020'],
  ] as const)('%s with the %s is %s', (text, dates, value) => {
    expect(converted(text, date, { ...plain, dates })).toBe(value);
  });

  test.each([
    ['1.234,50', 'comma'],
    ['0,5', 'comma'],
    ['1.234.567', 'comma'],
    ['1,234', 'either'],
    ['12', null],
    ['0.125', 'point'],
    ['12345.678', 'point'],
  ] as const)('%s says %s of how decimals are written', (text, says) => {
    expect(markSaid(text)).toBe(says);
  });
});

test('a hundred thousand records are remembered, each with what was said of it', () => {
  const seen = new SeenRecords();
  for (let number = 0; number < 100_000; number++) seen.add(`record ${number}`, number);
  for (let number = 0; number < 100_000; number += 997) expect(seen.said(`record ${number}`)).toBe(number);
  expect(seen.said('record -1')).toBeUndefined();
});

import { expect, test } from 'vitest';
import { highlighted, type Matching } from '../../../../../src/subgraphs/discovery/search/analysis/highlight.js';
import type { SearchText } from '../../../../../src/subgraphs/discovery/search/document.js';

const looking = (...words: string[]): Matching => ({ words: new Set(words), prefixes: [], sequences: [] });

const hit = (title: string, texts: SearchText[], matching: Matching, language: string | null = null) =>
  highlighted({ id: 'gp_1', type: 'GoodPractice', url: '/', title, language: 'en', texts }, matching, language);

/** Segments as text, what matches in brackets. */
const told = (segments: readonly { text: string; isMatch: boolean }[]) =>
  segments.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join('');

const marked = (title: string, matching: Matching) => told(hit(title, [], matching).highlights);

test.each<[title: string, matching: Matching, segments: string]>([
  ['Škofja Loka, Kraków and škofja', looking('skofja', 'krakow'), '[Škofja] Loka, [Kraków] and [škofja]'],
  ['Бургас и Πάτρα', looking('burgas', 'patra'), '[Бургас] и [Πάτρα]'],
  // By its first letter alone a word may be another one than by what it is reduced to.
  ['Æro, ærø and Straße', looking('aero', 'strasse'), '[Æro], [ærø] and [Straße]'],
  ['2.0 and 𝟮.0', looking('2'), '[2].0 and [𝟮].0'],
  ['E\u{301}cole, e\u{301}cole', looking('ecole'), '[E\u{301}cole], [e\u{301}cole]'],
  ['Crafts and craftsmen', { ...looking(), prefixes: ['crafts'] }, '[Crafts] and [craftsmen]'],
  [
    'Life long, life-long learning for life',
    { ...looking(), sequences: [{ words: ['life', 'long', 'learning'] }] },
    'Life long, [life]-[long] [learning] for life',
  ],
  [
    'a b a b c',
    { ...looking('c'), sequences: [{ words: ['a', 'b', 'a'] }, { words: ['b', 'a', 'b'] }] },
    '[a] [b] [a] [b] [c]',
  ],
  ['Nothing of it', looking(), 'Nothing of it'],
])('%j is marked as it was looked for', (title, matching, segments) => {
  expect(marked(title, matching)).toBe(segments);
});

const words = (count: number, from = 1) => Array.from({ length: count }, (_, index) => `w${index + from}`).join(' ');

test('a snippet begins a little before the words that stand closest together, and is cut after 32', () => {
  const text = `needle ${words(40)} needle thread ${words(40, 41)}.`;
  const { snippet, matchedIn } = hit(
    'A needle',
    [
      { field: 'title', language: 'en', text: 'A needle' },
      { field: 'keyword', language: 'en', text: 'needle thread' },
      { field: 'body', language: 'en', text },
    ],
    looking('needle', 'thread'),
  );
  expect(told(snippet)).toBe(`… ${words(6, 35)} [needle] [thread] ${words(24, 41)} …`);
  expect(matchedIn).toEqual(['title', 'keyword', 'body']);
});

test('of texts that say the same that in the language asked for is shown, and where none matches how it begins', () => {
  const texts: SearchText[] = [
    { field: 'summary', language: 'en', text: `One needle. ${words(31)}` },
    { field: 'summary', language: 'it', text: `Uno needle. ${words(30)}.` },
  ];
  expect(told(hit('', texts, looking('needle'), 'it').snippet)).toBe(`Uno [needle]. ${words(30)}.`);
  expect(told(hit('', texts, looking('thread'), 'it').snippet)).toBe(`Uno needle. ${words(30)}.`);
  expect(told(hit('', texts, looking('thread')).snippet)).toBe(`One needle. ${words(30)} …`);
});

// Words of the records with one letter wrong: in how many cases a record that has the word is among the first 20.
import { searchPatiently } from './asking.mjs';
import { wordsOf } from './questions.mjs';
import { randomOf } from './random.mjs';

/** Letters that a word has at least; of those with fewer one wrong letter is a quarter, and they are told apart. */
const long = 5;

const folded = (text) =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '');

/** Words of titles and names, each once; and all words there are, as far as they are looked at. */
async function vocabulary(stage) {
  const titles = await stage.query(`
    select title as text from good_practice where publication_status = 'PUBLISHED' and origin = 'DEMONSTRATION'
    union select name_original from partner where publication_status = 'PUBLISHED' and origin = 'DEMONSTRATION'
    union select title from transfer where publication_status = 'PUBLISHED' and origin = 'DEMONSTRATION'`);
  const others = await stage.query(`
    (select concat_ws(' ', summary, problem, description, lessons_learnt) as text from good_practice order by id limit 3000)
    union all (select text from translation order by record_id, field, language limit 20000)
    union all select concat_ws(' ', name_english, name_latin, name_local) from region
    union all select name_english from partner where name_english is not null
    union all select title from event union all select title from output union all select title from project`);
  const told = new Set(titles.flatMap(({ text }) => wordsOf(text).map((word) => word.toLowerCase())));
  const all = new Set([...told, ...others.flatMap(({ text }) => text.match(/\p{L}+/gu) ?? [])].map(folded));
  return { told: [...told].toSorted(), all };
}

const edits = {
  'left out': (letters, at) => letters.toSpliced(at, 1),
  'put in': (letters, at, letter) => letters.toSpliced(at, 0, letter),
  replaced: (letters, at, letter) => letters.with(at, letter),
  swapped: (letters, at) => {
    const one = Math.min(at, letters.length - 2);
    return letters.toSpliced(one, 2, letters[one + 1], letters[one]);
  },
};

/** A word with one random edit that is no word of the records itself. */
function mistyped(random, word, all) {
  const letters = [...word];
  const alphabet = letters.some((letter) => /\p{Script=Cyrillic}/u.test(letter))
    ? 'абвгдежзиклмнопрстуфхцчшщюя'
    : 'abcdefghijklmnopqrstuvwxyz';
  for (let tries = 0; tries < 20; tries += 1) {
    const kind = random.pick(Object.keys(edits));
    const at = random.below(letters.length);
    const typo = edits[kind](letters, at, random.pick([...alphabet])).join('');
    if (!all.has(folded(typo))) return { word, typo, kind: at === 0 ? 'wrong at the beginning' : kind };
  }
  return undefined;
}

const shows = ({ title, snippet }, word) =>
  `${title} ${snippet.map(({ text }) => text).join('')}`
    .match(/\p{L}+/gu)
    ?.some((each) => folded(each) === folded(word)) ?? false;

/** Shares of words found: of five letters and more, of four, and of each kind of mistake. */
export async function typos({ server, stage, words }) {
  const { told, all } = await vocabulary(stage);
  const random = randomOf(200);
  const left = [...told];
  const cases = [];
  while (cases.length < words && left.length > 0) {
    const [word] = left.splice(random.below(left.length), 1);
    cases.push(...[mistyped(random, word, all)].filter((each) => each !== undefined));
  }
  for (const each of cases) {
    // A space after it: the word is whole.
    const { found } = await searchPatiently(server, { query: `${each.typo} ` });
    each.isDegraded = found.degraded;
    each.isFound = !found.degraded && found.nodes.some((hit) => shows(hit, each.word));
  }
  const share = (some) => (some.length === 0 ? null : some.filter(({ isFound }) => isFound).length / some.length);
  const longer = cases.filter(({ word }) => word.length >= long);
  const byKind = Object.groupBy(longer, ({ kind }) => kind);
  return {
    words: longer.length,
    share: share(longer),
    ofFour: share(cases.filter(({ word }) => word.length < long)),
    kinds: Object.fromEntries(Object.entries(byKind).map(([kind, some]) => [kind, share(some)])),
    degraded: cases.filter(({ isDegraded }) => isDegraded).length,
    missed: longer.filter(({ isFound }) => !isFound).map(({ word, typo }) => `${typo} (${word})`),
  };
}

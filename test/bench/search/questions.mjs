// What is asked, made from what the database holds: the same database gives the same questions.
import { randomOf } from './random.mjs';

export const wordsOf = (text) => text.match(/\p{L}{4,}/gu) ?? [];

/** Some public records of each kind that is searched: enough words for every question. */
async function material(stage) {
  const practices = await stage.query(`
    select g.title, coalesce(g.summary, '') as summary, g.language, r.code, coalesce(r.name_english, r.name_latin) as region
    from (select * from good_practice where publication_status = 'PUBLISHED' and origin = 'DEMONSTRATION'
      order by md5(id) limit 2000) g
    join good_practice_region j on j.good_practice_id = g.id and j.position = 0 join region r on r.id = j.region_id
    order by md5(g.id)`);
  const partners = await stage.query(`
    select name_english as name from partner where publication_status = 'PUBLISHED' and origin = 'DEMONSTRATION'
    order by md5(id) limit 500`);
  return { practices, partners };
}

/** `count` questions of each kind. */
export async function questionsOf(stage, count) {
  const { practices, partners } = await material(stage);
  const random = randomOf(6);
  const practice = () => random.pick(practices);
  const words = (text, most) => wordsOf(text).slice(0, most).join(' ');
  const country = ({ code }) => ({ country: { eq: code.slice(0, 2) } });
  const kinds = [
    () => ({ query: `${random.pick(wordsOf(practice().title))} ` }),
    () => ({ query: words(practice().title, 2) }),
    () => ({ query: words(practice().title, 3) }),
    () => ({ query: words(practice().summary, 2) }),
    () => ({ query: random.pick(wordsOf(practice().title)).slice(0, 4) }),
    () => ({ query: random.pick(partners).name }),
    () => ({ query: `"${words(practice().title, 2)}"` }),
    () => {
      const one = practice();
      return { query: words(one.title, 2), where: country(one) };
    },
    () => {
      const { code } = practice();
      return { query: 'workshop', where: { region: { within: code.slice(0, 4) } } };
    },
    () => ({ query: '', where: country(practice()) }),
  ];
  const list = (make) => Array.from({ length: count }, (_, index) => make(index));
  return {
    mix: list((index) => kinds[index % kinds.length]()),
    long: list(() => ({ query: longQuestion(random, practices) })),
    some: list(() => ({ query: `${random.pick(wordsOf(practice().title))} ${words(practice().region, 1)} ceramics` })),
  };
}

/** A sentence with words of three practices in one language: hardly anything has all of them. */
function longQuestion(random, practices) {
  const first = random.pick(practices);
  const others = practices.filter(({ language, code }) => language === first.language && code !== first.code);
  const [second, third] = [random.pick(others), random.pick(others)];
  const some = (text, count) => {
    const words = wordsOf(text);
    const from = random.below(Math.max(1, words.length - count));
    return words.slice(from, from + count).join(' ');
  };
  return `${some(first.summary, 5)} ${some(second.summary, 4)} ${some(third.title, 3)}?`;
}

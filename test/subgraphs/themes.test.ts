import { beforeAll, expect, test } from 'vitest';
import { aDatabase, execute } from '../support/database.js';
import { aPractice, aTheme, draft, link } from '../support/factories.js';
import { aGraph } from '../support/graph.js';

const database = await aDatabase();
const graph = await aGraph(database);
const ids: Record<string, string> = {};

beforeAll(async () => {
  const add = async (slug: string, broader: string | null, columns = {}) => {
    const broader_id = broader === null ? null : ids[broader];
    ids[slug] = (await aTheme(database, { slug, broader_id, ...columns })).id;
    const { id } = await aPractice(database, { slug: `on-${slug}` });
    await link(database, 'good_practice_theme', { good_practice_id: id, theme_id: ids[slug] });
  };
  await add('craft', null);
  // Its path begins with the same letters, and it is no part of craft.
  await add('craft-policy', null);
  await add('pottery', 'craft');
  await add('glass', 'craft', draft);
  await add('raku', 'pottery');
  await execute(database, 'insert into theme_related values ($1, $2), ($1, $3)', [
    ids['craft'],
    ids['craft-policy'],
    ids['glass'],
  ]);
});

const found = async (theme: string) =>
  (await graph.run(`{ goodPractices(where: { theme: ${theme} }) { nodes { slug } } }`)).data['goodPractices'].nodes.map(
    ({ slug }: { slug: string }) => slug,
  );

test.each([
  ['{ within: "craft" }', ['on-craft', 'on-pottery', 'on-raku']],
  ['{ within: "pottery" }', ['on-pottery', 'on-raku']],
  ['{ eq: "craft" }', ['on-craft']],
  ['{ in: ["raku", "craft-policy"] }', ['on-craft-policy', 'on-raku']],
])('theme %s finds %j', async (theme, slugs) => {
  expect((await found(theme)).toSorted()).toEqual(slugs);
});

test('a theme that does not exist, or is a draft, is refused', async () => {
  for (const slug of ['none', 'glass']) {
    const { errors } = await graph.run(`{ goodPractices(where: { theme: { within: "${slug}" } }) { totalCount } }`);
    expect(errors).toMatchObject([
      { code: 'BAD_USER_INPUT', message: `No theme has the slug '${slug}'. Take one that \`themes\` lists.` },
    ]);
  }
});

test('a theme knows the broader, the narrower and the related ones, without drafts', async () => {
  const { data, errors, statements } = await graph.run(
    '{ theme(slug: "craft") { broader { slug } narrower { nodes { slug broader { slug } } } related { slug } } }',
  );
  expect(errors).toEqual([]);
  expect(data['theme']).toEqual({
    broader: null,
    narrower: { nodes: [{ slug: 'pottery', broader: { slug: 'craft' } }] },
    related: [{ slug: 'craft-policy' }],
  });
  expect(statements.length).toBeLessThanOrEqual(4);
});

test('a theme that moves or is renamed takes its narrower ones along', async () => {
  const paths = () => execute(database, `select slug, path from theme where path like '%raku/'`);
  await execute(database, 'update theme set broader_id = $1 where id = $2', [ids['craft-policy'], ids['pottery']]);
  expect(await paths()).toEqual([{ slug: 'raku', path: 'craft-policy/pottery/raku/' }]);
  await execute(database, `update theme set slug = 'clay' where id = $1`, [ids['pottery']]);
  expect(await paths()).toEqual([{ slug: 'raku', path: 'craft-policy/clay/raku/' }]);
  await execute(database, `update theme set broader_id = $1, slug = 'pottery' where id = $2`, [
    ids['craft'],
    ids['pottery'],
  ]);
  expect(await paths()).toEqual([{ slug: 'raku', path: 'craft/pottery/raku/' }]);
});

test('the database refuses a theme that would be broader than itself', async () => {
  const below = (theme: string, broader: string) =>
    execute(database, 'update theme set broader_id = $1 where id = $2', [ids[broader], ids[theme]]);
  await expect(below('craft', 'raku')).rejects.toThrow('The theme craft would be broader than itself.');
  await expect(below('craft', 'craft')).rejects.toThrow('The theme craft would be broader than itself.');
});

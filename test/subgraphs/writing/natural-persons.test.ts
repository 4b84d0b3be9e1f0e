import { beforeAll, describe, expect, test } from 'vitest';
import { anonymous, type Viewer } from '../../../src/graph/context.js';
import { partnerInput } from '../../../src/subgraphs/directory/partner.inputs.js';
import { savePartners } from '../../../src/subgraphs/directory/partner.service.js';
import { aDatabase, execute } from '../../support/database.js';
import { aClaim, aParticipation, aPartner, aProgramme, aProject, aSource } from '../../support/factories.js';
import { aGraph } from '../../support/graph.js';
import { engineOf, found, relayAll } from '../../support/search-upkeep.js';
import { admin, editorOf, reviewer, send } from '../../support/writing.js';

const database = await aDatabase();
const graph = await aGraph(database);
const executed = await aGraph(database, { isCompiled: false });
const engine = engineOf(database);

/** Words that stand nowhere else: whoever meets one knows who somebody is. */
const secret = 'Zzrossi';
const planted = {
  slug: 'zzrossi-maria',
  nameOriginal: `Μαρία ${secret}`,
  nameOriginalLanguage: 'el',
  nameLatin: `Maria ${secret}`,
  nameEnglish: `Mary ${secret}`,
  acronym: 'ZZROSSI',
  formerNames: [`Maria ${secret}-Bianchi`],
  otherNames: [{ name: `Marietta ${secret}`, kind: 'ALIAS' }],
  identifiers: [{ scheme: 'VAT', value: 'ITZZROSSI01' }],
  website: 'https://zzrossi.example.org/',
  sourceNote: `${secret} says so herself.`,
  contacts: [{ role: 'sales', url: 'https://zzrossi.example.org/shop', email: 'me@zzrossi.example.org' }],
};
const entry = (given: object) =>
  partnerInput.parse({ ...given, source: 'https://example.org/file', confidence: 'STATED' });
const save = async (...given: object[]) =>
  expect(await database.em().transactional((em) => savePartners(em, given.map(entry)))).toEqual([]);
const idOf = async (slug: string) =>
  String(
    (
      await execute<{ id: string }>(
        database,
        `select p.id from partner p left join partner_person s on s.partner_id = p.id where $1 in (p.slug, s.said ->> 'slug')`,
        [slug],
      )
    )[0]?.id,
  );

let id = '';
let other = '';
beforeAll(async () => {
  await save({ ...planted, isNaturalPerson: true });
  for (const name of ['Aaa', 'Mzz', 'Zzz']) await save({ slug: name.toLowerCase(), nameOriginal: name });
  id = await idOf(planted.slug);
  other = await idOf('aaa');
  const programme = await aProgramme(database);
  const project = await aProject(database, { programme_id: programme.id, slug: 'fair' });
  await aParticipation(database, { project_id: project.id, partner_id: id });
  const source = await aSource(database);
  await aClaim(database, { record_id: id, field: 'name', value: `Mary ${secret}`, source_id: source.id });
});

const fields = `id slug isNaturalPerson name nameOriginal nameOriginalLanguage nameLatin nameEnglish acronym formerNames
  otherNames { name } identifiers { value } website sourceNote contacts { role url } claims { value }
  revisions(first: 100) { nodes { changes { field before after } } }`;
const whole = `query ($id: ID!) { partner(id: $id) { ${fields} } }`;

/** Everything that a reader may come by a partner. */
const ways = [
  whole,
  `query ($id: ID!) { node(id: $id) { ... on Partner { ${fields} } } }`,
  `query ($id: ID!) { nodes(ids: [$id]) { ... on Partner { ${fields} } } }`,
  `{ partners(first: 100, orderBy: NAME_ASC) { totalCount edges { cursor node { ${fields} } } } }`,
  `{ partners(where: { isNaturalPerson: true }) { nodes { ${fields} } } }`,
  `{ project(slug: "fair") { participations { nodes { partner { ${fields} } } } } }`,
  `{ partners(where: { name: { contains: "zzrossi" } }) { totalCount edges { cursor node { id } } } }`,
  `{ partners(where: { hasIdentifier: true }) { nodes { slug } } }`,
  `{ partner(slug: "zzrossi-maria") { id } }`,
  `{ search(query: "${secret}") { totalCount nodes { title item { id } } } suggest(prefix: "Zzros") { title } }`,
  `{ search(query: "natural person") { nodes { id title } } }`,
];

describe('who a natural person is', () => {
  test.each<[string, Viewer]>([
    ['anonymous', anonymous],
    ['another organisation', editorOf('ptn_01h455vb4pex5vsknk084sn02q')],
  ])('is not told to %s, whichever way they come', async (_name, viewer) => {
    await relayAll(database, engine);
    for (const each of [graph, executed])
      for (const query of ways) {
        const { data, errors } = await each.run(query, query.includes('$id') ? { id } : {}, viewer);
        expect(JSON.stringify([data, errors]).replaceAll('zzrossi-maria', '')).not.toMatch(/zzrossi/i);
      }
    const { data } = await graph.run(whole, { id }, viewer);
    expect(data['partner']).toEqual({
      id,
      slug: `natural-person-${id.slice(-10)}`,
      isNaturalPerson: true,
      name: `Natural person ${id.slice(-6)}`,
      nameOriginal: `Natural person ${id.slice(-6)}`,
      nameOriginalLanguage: null,
      nameLatin: null,
      nameEnglish: null,
      acronym: null,
      formerNames: [],
      otherNames: [],
      identifiers: [],
      website: null,
      sourceNote: null,
      contacts: [],
      claims: [],
      revisions: { nodes: [] },
    });
    expect(await found(engine, secret)).toEqual([]);
    expect(await found(engine, 'natural person')).toEqual([]);
    expect((await found(engine, 'Aaa')).length).toBe(1);
  });

  test.each<[string, () => Viewer]>([
    ['itself', () => editorOf(id)],
    ['a reviewer', () => reviewer],
    ['an admin', () => admin],
  ])('is told to %s', async (_name, viewer) => {
    for (const each of [graph, executed])
      expect((await each.run(whole, { id }, viewer())).data['partner']).toMatchObject({
        slug: `natural-person-${id.slice(-10)}`,
        name: planted.nameEnglish,
        nameOriginal: planted.nameOriginal,
        nameOriginalLanguage: 'el',
        nameLatin: planted.nameLatin,
        acronym: 'ZZROSSI',
        formerNames: planted.formerNames,
        otherNames: [{ name: `Marietta ${secret}` }, { name: planted.formerNames[0] }],
        identifiers: [{ value: 'ITZZROSSI01' }],
        website: planted.website,
        sourceNote: planted.sourceNote,
        contacts: [{ role: 'sales', url: 'https://zzrossi.example.org/shop' }],
        claims: [{ value: planted.nameEnglish }],
      });
  });

  test('costs no statement more', async () => {
    const counted = async (of: string) => (await executed.run(whole, { id: of }, reviewer)).statements.length;
    expect(await counted(id)).toBe(await counted(other));
  });

  test('lies in one table, and in none that the public may read', async () => {
    const tables = await execute<{ name: string }>(
      database,
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'm') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'`,
    );
    const selects = tables.map(({ name }) => `select '${name}' as name from ${name} t where t::text ilike '%zzrossi%'`);
    const rows = await execute<{ name: string }>(database, selects.join(' union '));
    expect(rows.map(({ name }) => name).toSorted()).toEqual([
      'claim',
      'partner_contact',
      'partner_contact_email',
      'partner_person',
    ]);
    expect(
      await execute(database, `select has_table_privilege('goodgraph_public', 'partner_person', 'select') as may`),
    ).toEqual([{ may: false }]);
  });

  test('cannot be written into the record past its trigger', async () => {
    await execute(database, 'alter table partner disable trigger hide_person_update');
    await expect(execute(database, `update partner set name_latin = 'Maria' where id = $1`, [id])).rejects.toThrow(
      'partner_person_is_neutral',
    );
    await execute(database, 'alter table partner enable trigger hide_person_update');
  });

  test('makes no order of a list', async () => {
    const { data } = await graph.run('{ partners { nodes { name } } }', {}, reviewer);
    // By what everyone sees, `Natural person`: by her name, Mary, she would come before Mzz.
    const names = ['Aaa', 'Mzz', planted.nameEnglish, 'Zzz'];
    expect(data['partners'].nodes.map((node: { name: string }) => node.name)).toEqual(names);
  });
});

describe('a natural person in a file', () => {
  const of = async (which = id) =>
    (
      await graph.run(
        `query ($id: ID!) { partner(id: $id) { version nameLatin acronym website identifiers { value } } }`,
        { id: which },
        admin,
      )
    ).data['partner'];

  test('is the same when the file comes again, and others name it by its slug', async () => {
    const before = await of();
    await save({ ...planted, isNaturalPerson: true });
    expect(await idOf(planted.slug)).toBe(id);
    expect(await of()).toEqual(before);
  });

  test('loses what the file says no more, and is a version further', async () => {
    const before = await of();
    await save({ ...planted, isNaturalPerson: true, acronym: null, identifiers: [] });
    expect(await of()).toEqual({ ...before, version: before.version + 1, acronym: null, identifiers: [] });
    await save({ ...planted, isNaturalPerson: true });
  });

  test('has no id that its name makes', async () => {
    await save({ slug: 'public-body', nameOriginal: 'Public body' });
    const [made] = await execute<{ id: string }>(database, `select id from partner where slug = 'public-body'`);
    await execute(database, `delete from partner where slug = 'public-body'`);
    await save({ slug: 'public-body', nameOriginal: 'Public body', isNaturalPerson: true });
    expect(await idOf('public-body')).not.toBe(made?.id);
  });
});

describe('an organisation that turns out to be a natural person', () => {
  const name = `Schneiderei ${secret}son`;
  let own = '';
  const update = async (input: object, viewer: Viewer) => {
    const [row] = await execute<{ version: number }>(database, 'select version from partner where id = $1', [own]);
    return send(
      graph,
      viewer,
      'partnerUpdate',
      { id: own, expectedVersion: row?.version, ...input },
      'version name slug',
    );
  };
  beforeAll(async () => {
    own = (await aPartner(database, { slug: 'zzrossison', name_original: name })).id;
    await update({ acronym: 'ZZROSSISON', nameEnglish: 'Tailor Zzrossison' }, editorOf(own));
    await execute(
      database,
      `insert into translation (record_id, field, language, text, origin) values ($1, 'name', 'it', 'Sarta Zzrossison', 'HUMAN')`,
      [own],
    );
    await relayAll(database, engine);
  });

  test('is found no more, and nothing of before tells who it is', async () => {
    expect(await found(engine, 'Zzrossison')).toEqual([own]);
    const { record, userErrors } = await update({ isNaturalPerson: true }, editorOf(own));
    expect(userErrors).toEqual([]);
    expect(record).toMatchObject({ name: 'Tailor Zzrossison', slug: `natural-person-${own.slice(-10)}` });
    await relayAll(database, engine);
    expect(await found(engine, 'Zzrossison')).toEqual([]);
    for (const table of ['partner', 'partner_search', 'revision', 'translation', 'goodgraph_search.document'])
      expect(
        await execute(database, `select '${table}' as table from ${table} t where t::text ilike '%zzrossison%'`),
      ).toEqual([]);
    const { data } = await graph.run(whole, { id: own });
    expect(JSON.stringify(data)).not.toMatch(/zzrossi/i);
    const { data: known } = await graph.run(whole, { id: own }, admin);
    const changed = known['partner'].revisions.nodes.flatMap((each: { changes: { field: string }[] }) =>
      each.changes.map(({ field }) => field),
    );
    expect(changed).toEqual(['isNaturalPerson']);
  });

  test('is found again when it does not', async () => {
    const { record, userErrors } = await update({ isNaturalPerson: false, acronym: null }, reviewer);
    expect(userErrors).toEqual([]);
    expect(record).toMatchObject({ name: 'Tailor Zzrossison', slug: 'zzrossison' });
    const { data } = await graph.run(whole, { id: own });
    expect(data['partner']).toMatchObject({ slug: 'zzrossison', nameOriginal: name, nameEnglish: 'Tailor Zzrossison' });
    await relayAll(database, engine);
    expect(await found(engine, 'Zzrossison')).toEqual([own]);
  });
});

test('a form takes back what it said of a natural person, and editors of others do not', async () => {
  const made = await send(
    graph,
    reviewer,
    'partnerCreate',
    { language: 'en', nameOriginal: 'Ann Zzsmith', acronym: 'AZ', isNaturalPerson: true },
    'id version slug name acronym',
  );
  expect(made.record).toMatchObject({ name: 'Ann Zzsmith', acronym: 'AZ', version: 1 });
  const own = made.record.id as string;
  expect(made.record.slug).toBe(`natural-person-${own.slice(-10)}`);
  const cleared = await send(
    graph,
    reviewer,
    'partnerUpdate',
    { id: own, expectedVersion: 1, acronym: null },
    'version name acronym',
  );
  expect(cleared.record).toEqual({ version: 2, name: 'Ann Zzsmith', acronym: null });
  const hers = await send(
    graph,
    editorOf(own),
    'partnerUpdate',
    { id: own, expectedVersion: 2, nameEnglish: 'Anna Zzsmith' },
    'version name',
  );
  expect(hers.record).toEqual({ version: 3, name: 'Anna Zzsmith' });
  await send(graph, editorOf(other), 'partnerUpdate', { id: own, expectedVersion: 3, nameEnglish: null });
  expect(
    await execute(database, `select said ->> 'name_english' as name from partner_person where partner_id = $1`, [own]),
  ).toEqual([{ name: 'Anna Zzsmith' }]);
});

import { cp, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, inject, test } from 'vitest';
import { addDocuments } from '../../src/cli/documents.js';
import { aDatabase } from '../support/database.js';
import { runs, type Running } from '../support/process.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'goodgraph-documents-'));
const running: Running[] = [];
afterAll(async () => {
  for (const { child, ended } of running) {
    child.kill('SIGKILL');
    await ended;
  }
  await rm(folder, { recursive: true });
});

let count = 0;
/** A GraphQL file; its path. */
async function aQuery(text: string | Buffer): Promise<string> {
  const path = join(folder, `${(count += 1)}.graphql`);
  await writeFile(path, text);
  return path;
}

/** A file that trusts nothing yet. */
async function aFile(): Promise<URL> {
  const path = join(folder, `${(count += 1)}.json`);
  await writeFile(path, '{}\n');
  return pathToFileURL(path);
}

const themes = 'query Themes { themes { totalCount } }';
// printf 'query Themes {\n  themes {\n    totalCount\n  }\n}' | sha256sum
const hashOfThemes = '9e014911df90958ec9b3f7f8f8994d93539884fd360352bf0969ea76d18a7b97';
const partners = 'query Partners { partners { totalCount } }';
const hashOfPartners = '7f6ef19ac06529cce1b288506adade743c2b600aab30c112cc46cece389897b4';

test('queries are added in the order of their names, and adding them again changes nothing', async () => {
  const file = await aFile();
  const [first, second] = [await aQuery(`# How many\n${themes}`), await aQuery(partners)];
  expect(await addDocuments([first], file)).toEqual([
    { hash: hashOfThemes, name: 'Themes', path: `/w/${hashOfThemes}`, isNew: true },
  ]);
  expect(await addDocuments([first, second], file)).toEqual([
    { hash: hashOfThemes, name: 'Themes', path: `/w/${hashOfThemes}`, isNew: false },
    { hash: hashOfPartners, name: 'Partners', path: `/w/${hashOfPartners}`, isNew: true },
  ]);
  const text = JSON.stringify(
    {
      [hashOfPartners]: 'query Partners {\n  partners {\n    totalCount\n  }\n}',
      [hashOfThemes]: 'query Themes {\n  themes {\n    totalCount\n  }\n}',
    },
    null,
    2,
  );
  expect(await readFile(file, 'utf8')).toBe(`${text}\n`);
  const { mtimeNs } = await stat(file, { bigint: true });
  await addDocuments([second, first], file);
  expect((await stat(file, { bigint: true })).mtimeNs).toBe(mtimeNs);
});

test('one file that cannot be trusted keeps all of them out, and every fault is told', async () => {
  const file = await aFile();
  const paths = [
    await aQuery(themes),
    await aQuery('query Lost {\n  nothing\n  themes { nowhere }\n}'),
    await aQuery('mutation Change { x }'),
    await aQuery('query Themes { themes { nodes { label } } }'),
    await aQuery(Buffer.from([0x71, 0xff])),
    join(folder, 'none.graphql'),
    folder,
  ];
  const [, lost, change, other, binary, none] = paths;
  await expect(addDocuments(paths, file)).rejects.toMatchObject({
    message: expect.stringMatching(/^Nothing was added:\n/),
    faults: [
      `${lost}: 2:3 Cannot query field "nothing" on type "Query".`,
      `${lost}: 3:12 Cannot query field "nowhere" on type "ThemeConnection".`,
      `${change}: It holds a mutation. Only queries can be trusted: anybody may send them again by GET.`,
      `${other}: Another document is called Themes, and pages may be asking for it. Choose another name, or first take that one out of schema/trusted-documents.json.`,
      `${binary}: It is not in UTF-8. Save it in that encoding.`,
      `${none}: There is no such file.`,
      `${folder}: It is a folder. Name the files in it.`,
    ],
  });
  expect(await readFile(file, 'utf8')).toBe('{}\n');
});

/** This package as installed elsewhere, with trusted documents of its own, and a database. */
async function aPackage(documents: Record<string, string>) {
  const path = join(folder, `package-${(count += 1)}`);
  await mkdir(path);
  for (const each of ['dist', 'examples', 'schema', 'package.json'])
    await cp(join(root, each), join(path, each), { recursive: true });
  await symlink(join(root, 'node_modules'), join(path, 'node_modules'));
  await writeFile(join(path, 'schema/trusted-documents.json'), JSON.stringify(documents));
  const { host, port, user } = inject('postgres');
  const { name } = await aDatabase('migrated');
  const url = `postgresql://${user}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`;
  return (...words: string[]): Running => {
    const started = runs(process.execPath, [join(path, 'dist/main.js'), ...words], {
      DATABASE_URL: url,
      PORT: '0',
      SEED: 'none',
    });
    running.push(started);
    return started;
  };
}

test('the built program adds what it then serves', { timeout: 60_000 }, async () => {
  const goodgraph = await aPackage({});
  const added = goodgraph('documents', 'add', await aQuery(themes), '--json');
  expect(await added.ended).toBe(0);
  expect(JSON.parse(added.output())).toEqual({
    documents: [{ hash: hashOfThemes, name: 'Themes', path: `/w/${hashOfThemes}`, isNew: true }],
  });
  const [, url] = await goodgraph('start').says(/answers at (http:[^"\s]+)\/graphql/);
  expect(await (await fetch(`${url}/w/${hashOfThemes}`)).json()).toMatchObject({ data: { themes: { totalCount: 0 } } });
});

test('the built program does not start with a document that fits no longer', { timeout: 60_000 }, async () => {
  // printf 'query Old {\n  themes {\n    gone\n  }\n}' | sha256sum
  const hash = 'e3c3d20814602578eaba3a0f8c441cb4a74f298a30ae04742ac312e76d2de292';
  const goodgraph = await aPackage({ [hash]: 'query Old {\n  themes {\n    gone\n  }\n}' });
  const broken = goodgraph('start');
  expect(await broken.ended).toBe(1);
  expect(broken.output()).toContain(
    `schema/trusted-documents.json cannot be used:\n  Old ${hash}: 3:5 Cannot query field "gone" on type "ThemeConnection".`,
  );
});

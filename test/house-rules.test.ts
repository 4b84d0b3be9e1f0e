import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Source texts by their path below `src/`. */
type Files = Record<string, string>;

/** Lints every set of files in a source tree of its own, all in one run; the rules that each set broke. */
function lint(sets: Files[]): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'house-rules-'));
  try {
    cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    for (const [index, files] of sets.entries()) {
      for (const [path, source] of Object.entries(files)) {
        const file = join(folder, String(index), 'src', path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, source);
      }
    }
    const oxlint = join(dirname(createRequire(import.meta.url).resolve('oxlint/package.json')), 'bin/oxlint');
    const run = spawnSync(process.execPath, [oxlint, '--format=json'], { cwd: folder, encoding: 'utf8' });
    const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: { code: string; filename: string }[] };
    return sets.map((_, index) => {
      const own = diagnostics.filter(({ filename }) => filename.startsWith(`${index}/`));
      return [...new Set(own.map(({ code }) => code))];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const importing = (specifier: string) => `import { a } from '${specifier}';\n\nexport const b = a;\n`;
const lines = (count: number) => '// line\n'.repeat(count - 1) + 'export const a = 1;\n';
const functionOf = (count: number) => `export function a() {\n${'  // line\n'.repeat(count - 2)}}\n`;

/** What is ruled, the file it happens in, an import that is refused there, one that is not. */
const importRules: [rule: string, path: string, refused: string, allowed: string][] = [
  ['app does not import main', 'app.ts', './main.js', './http/server.js'],
  ['config does not import app', 'config.ts', './app.js', './graph/limits.js'],
  ['config does not import http', 'config.ts', './http/server.js', 'zod'],
  ['http does not import app', 'http/server.ts', '../app.js', '../config.js'],
  ['http does not import main', 'http/server.ts', '../main.js', '../graph/limits.js'],
  ['http does not import web', 'http/server.ts', '../web/page.js', '../subgraphs/practices/index.js'],
  ['a folder of http does not import cli', 'http/routes/health.ts', '../../cli/start.js', '../server.js'],
  ['cli does not import app', 'cli/seed.ts', '../app.js', '../config.js'],
  ['cli does not import http', 'cli/seed.ts', '../http/server.js', '../database/orm.js'],
  ['web does not import http', 'web/page.ts', '../http/server.js', '../graph/executor.js'],
  ['web does not import config', 'web/page.ts', '../config.js', '../subgraphs/practices/index.js'],
  ['web does not import the database', 'web/page.ts', '../database/orm.js', '../graph/executor.js'],
  ['a folder of web does not import the database', 'web/widgets/a.ts', '../../database/orm.js', '../page.js'],
  ['web does not import the ORM', 'web/page.ts', '@mikro-orm/core', 'lit'],
  ['graph does not import the database', 'graph/ids.ts', '../database/orm.js', './cursor.js'],
  ['graph does not import the configuration', 'graph/ids.ts', '../config.js', 'graphql'],
  ['graph does not import a subgraph', 'graph/ids.ts', '../subgraphs/practices/index.js', './fields.js'],
  ['a folder of graph does not leave graph', 'graph/fuse/plan.ts', '../../database/orm.js', '../ids.js'],
  ['database does not import graph', 'database/orm.ts', '../graph/ids.js', './columns.js'],
  ['migrations do not leave database', 'database/migrations/a.ts', '../../graph/ids.js', '../columns.js'],
  ['a subgraph does not import config', 'subgraphs/practices/a.service.ts', '../../config.js', '../prefixes.js'],
  ['a subgraph does not import http', 'subgraphs/practices/a.service.ts', '../../http/server.js', '../../graph/ids.js'],
  ['an entity does not import a part of graphql', 'subgraphs/practices/a.entity.ts', 'graphql/type', './a.fields.js'],
  ['an unlisted subgraph imports no other', 'subgraphs/new/a.service.ts', '../directory/a.entity.js', '../prefixes.js'],
  ['a type does not import the ORM', 'subgraphs/practices/a.type.ts', '@mikro-orm/core', 'type-graphql'],
  ['a type does not import the query builder', 'subgraphs/practices/a.type.ts', 'kysely', 'graphql'],
  ['a type does not import its entity', 'subgraphs/practices/a.type.ts', './a.entity.js', './b.type.js'],
  [
    'a type does not import the database',
    'subgraphs/practices/a.type.ts',
    '../../database/columns.js',
    './a.fields.js',
  ],
  ['a type imports no entity, of nobody', 'subgraphs/practices/a.type.ts', '../record.entity.js', '../record.type.js'],
  [
    'an entity imports no type, of nobody',
    'subgraphs/practices/a.entity.ts',
    '../record.type.js',
    '../record.entity.js',
  ],
  ['a type of all does not import the ORM', 'subgraphs/record.type.ts', '@mikro-orm/core', '../graph/scalars.js'],
  ['a type of all does not import the database', 'subgraphs/record.type.ts', '../database/columns.js', './prefixes.js'],
  ['an entity of all does not import graphql', 'subgraphs/record.entity.ts', 'graphql', '../database/columns.js'],
  ['an entity of all does not import config', 'subgraphs/record.entity.ts', '../config.js', './record.fields.js'],
  ['a stub does not import the ORM', 'subgraphs/practices/a.stub.ts', '@mikro-orm/core', '../../graph/scalars.js'],
  ['an entity does not import graphql', 'subgraphs/practices/a.entity.ts', 'graphql', '@mikro-orm/core'],
  ['an entity does not import type-graphql', 'subgraphs/practices/a.entity.ts', 'type-graphql', 'kysely'],
  ['an entity does not import its type', 'subgraphs/practices/a.entity.ts', './a.type.js', './b.entity.js'],
  ['http does not import meilisearch', 'http/server.ts', 'meilisearch', 'fastify'],
  [
    'a service does not import meilisearch',
    'subgraphs/discovery/a.service.ts',
    'meilisearch',
    './meilisearch.engine.js',
  ],
  ['an engine imports downwards', 'subgraphs/discovery/meilisearch.engine.ts', '../../config.js', 'meilisearch'],
];

/** What is ruled, oxlint's name for it, sources that are refused, the same without the fault. */
const otherRules: [rule: string, code: string, refused: Files, allowed: Files][] = [
  [
    'only config reads the environment',
    'eslint(no-restricted-properties)',
    { 'http/server.ts': 'export const port = process.env.PORT;\n' },
    { 'config.ts': 'export const port = process.env.PORT;\n' },
  ],
  [
    'the environment is not taken apart elsewhere',
    'eslint(no-restricted-properties)',
    { 'http/server.ts': 'export const { env } = process;\n' },
    { 'http/server.ts': 'export const { pid } = process;\n' },
  ],
  [
    'nothing is exported by default',
    'import(no-default-export)',
    { 'a.ts': 'export default 1;\n' },
    { 'a.config.ts': 'export default 1;\n' },
  ],
  [
    'modules do not import in a circle',
    'import(no-cycle)',
    { 'graph/a.ts': importing('./c.js'), 'graph/c.ts': importing('./a.js') },
    { 'graph/a.ts': importing('./c.js'), 'graph/c.ts': 'export const a = 1;\n' },
  ],
  [
    'a type is not imported inline, where the import rules are blind',
    'typescript(consistent-type-imports)',
    { 'graph/a.ts': "export type A = import('../app.js').A;\n" },
    { 'graph/a.ts': "import type { B } from './b.js';\n\nexport type A = B;\n" },
  ],
  [
    'a file has 300 lines at most',
    'eslint(max-lines)',
    { 'a.ts': lines(301) },
    { 'a.ts': lines(300), 'database/migrations/a.ts': lines(301) },
  ],
  [
    'a function has 60 lines at most',
    'eslint(max-lines-per-function)',
    { 'a.ts': functionOf(61) },
    { 'a.ts': functionOf(60), 'database/migrations/a.ts': functionOf(61), '../test/a.test.ts': functionOf(61) },
  ],
  [
    'nothing is any',
    'typescript(no-explicit-any)',
    { 'a.ts': 'export const a = (b: any) => b;\n' },
    { 'a.ts': 'export const a = (b: unknown) => b;\n' },
  ],
  [
    'no file hands on everything of another',
    'oxc(no-barrel-file)',
    { 'a.ts': "export * from './c.js';\n", 'c.ts': 'export const d = 1;\n' },
    { 'a.ts': importing('./c.js'), 'c.ts': 'export const a = 1;\n' },
  ],
  [
    'file names are kebab-case',
    'unicorn(filename-case)',
    { 'graph/pageInfo.ts': 'export const a = 1;\n' },
    { 'graph/page-info.ts': 'export const a = 1;\n' },
  ],
  [
    'no test is left to run alone',
    'vitest(no-focused-tests)',
    { '../test/a.test.ts': "import { expect, test } from 'vitest';\n\ntest.only('a', () => expect(1).toBe(1));\n" },
    { '../test/a.test.ts': "import { expect, test } from 'vitest';\n\ntest('a', () => expect(1).toBe(1));\n" },
  ],
  [
    'what is surely wrong is refused',
    'eslint(no-self-assign)',
    { 'a.ts': 'export function a(b: number) {\n  b = b;\n  return b;\n}\n' },
    { 'a.ts': 'export function a(b: number) {\n  b += b;\n  return b;\n}\n' },
  ],
  [
    'what is probably wrong is refused',
    'unicorn(no-array-sort)',
    { 'a.ts': 'export const a = (b: string[]) => b.sort();\n' },
    { 'a.ts': 'export const a = (b: string[]) => b.toSorted();\n' },
  ],
  [
    'nothing is imported for its effect alone, but reflect-metadata',
    'import(no-unassigned-import)',
    { 'a.ts': "import './c.js';\n" },
    { 'a.ts': "import 'reflect-metadata';\n" },
  ],
  [
    'a name may begin as the specifications say, a class may have nothing but a decorator',
    'eslint(no-shadow)',
    { 'a.ts': 'export const a = 1;\nexport const b = (a: number) => a;\n' },
    { 'a.ts': 'export class A {}\nexport const b = (a: { __typename: string }) => a.__typename;\n' },
  ],
];

const rules = [
  ...importRules.map(([rule, path, refused, allowed]) => ({
    rule,
    code: 'eslint(no-restricted-imports)',
    refused: { [path]: importing(refused) },
    allowed: { [path]: importing(allowed) },
  })),
  ...otherRules.map(([rule, code, refused, allowed]) => ({ rule, code, refused, allowed })),
];
const refusals = lint(rules.flatMap(({ refused, allowed }) => [refused, allowed]));

test.each(rules.map((rule, index) => ({ ...rule, index })))('$rule', ({ code, index }) => {
  expect(refusals[2 * index]).toEqual([code]);
  expect(refusals[2 * index + 1]).toEqual([]);
});

const downwards = ['discovery', 'provenance', 'activities', 'transfers', 'practices', 'directory'];
const crossing: Record<string, string[]> = {
  service: ['entity', 'fields'],
  entity: ['entity', 'fields'],
  type: ['fields'],
};

test('between subgraphs only entities and fields are imported, and only downwards', () => {
  const cases = downwards.flatMap((from, rank) =>
    Object.keys(crossing).flatMap((role) =>
      downwards
        .filter((to) => to !== from)
        .flatMap((to) =>
          ['entity', 'fields', 'type', 'service'].map((target) => ({
            path: `subgraphs/${from}/a.${role}.ts`,
            specifier: `../${to}/b.${target}.js`,
            allowed: downwards.indexOf(to) > rank && crossing[role]!.includes(target),
          })),
        ),
    ),
  );
  const found = lint(cases.map(({ path, specifier }) => ({ [path]: importing(specifier) })));
  expect(cases.map((each, index) => ({ ...each, allowed: found[index]!.length === 0 }))).toEqual(cases);
});

const roles = 'entity|fields|type|stub|inputs|resolver|service|loaders|document|engine';
const places = [
  /^(main|app|config)\.ts$|^entry\.mjs$|^README\.md$|^tsconfig\.json$/,
  /^(cli|http|web|graph|database)(\/[^/]+){1,2}$/,
  new RegExp(String.raw`^subgraphs/([a-z]+/)?[a-z0-9-]+\.(${roles})\.ts$`),
  /^subgraphs\/[a-z-]+\.ts$|^subgraphs\/[a-z]+\/(index|context)\.ts$/,
];
const unwanted = /(^|[/.-])(utils?|helpers?|common|manager)([/.-]|$)/;

/** The paths below `src/` that have no place on the map of DESIGN, or a name that says nothing. */
const misplaced = (paths: string[]) =>
  paths.filter((path) => unwanted.test(path) || !places.some((place) => place.test(path)));

test('a file has a place on the map and says its role', () => {
  const good = [
    'app.ts',
    'graph/ids.ts',
    'subgraphs/practices/index.ts',
    'subgraphs/practices/good-practice.entity.ts',
  ];
  const bad = [
    'server.ts',
    'lib/a.ts',
    'graph/utils.ts',
    'subgraphs/practices/practice.ts',
    'subgraphs/practices/a/b.type.ts',
  ];
  expect(misplaced([...good, ...bad])).toEqual(bad);
});

/** Whether a source only hands on what others export. */
const isBarrel = (source: string) =>
  /^export\b/m.test(source) &&
  source
    .replaceAll(/\/\*[^]*?\*\/|\/\/.*$/gm, '')
    .replaceAll(/^(import|export)\s[^;()=]*\sfrom\s+'[^']*';|^export (type )?\{[^}]*\};/gm, '')
    .trim() === '';

test.each([
  [true, "export { a } from './a.js';\nexport type { B, C } from './b.js';\n"],
  [true, "// All of it.\nimport { a } from './a.js';\n\nexport { a };\n"],
  [false, "import { a } from './a.js';\n\nexport const b = [a];\n"],
  [false, "export { a } from './a.js';\nexport const b = 1;\n"],
])('a barrel is seen: %s', (expected, source) => expect(isBarrel(source)).toBe(expected));

test('the source tree has no misplaced file and no barrel but the manifests', () => {
  const src = join(root, 'src');
  const paths = globSync('**/*.*', { cwd: src });
  expect(misplaced(paths)).toEqual([]);
  const barrels = paths.filter((path) => path.endsWith('.ts') && isBarrel(readFileSync(join(src, path), 'utf8')));
  expect(barrels.filter((path) => !/^subgraphs\/[a-z]+\/index\.ts$/.test(path))).toEqual([]);
});

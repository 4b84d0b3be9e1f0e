import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lint, type Files } from './support/lint.js';

const importing = (specifier: string) => `import { a } from '${specifier}';\n\nexport const b = a;\n`;
const linesOf = (count: number) => '// line\n'.repeat(count - 1) + 'export const a = 1;\n';
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
  ['cli does not import store', 'cli/seed.ts', '../store.js', '../graph/limits.js'],
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
  ...['a.ts', 'postgresql/a.ts', 'meilisearch/a.ts'].flatMap((name): [string, string, string, string][] => {
    const path = `subgraphs/discovery/search/${name}`;
    const up = '../'.repeat(path.split('/').length - 2);
    return [
      [`${path} does not import http`, path, `${up}../http/server.js`, `${up}../graph/filter.js`],
      [`${path} does not import another service`, path, `${up}practices/b.service.js`, `${up}practices/b.fields.js`],
      [`${path} does not import another subgraph`, path, `${up}practices/index.js`, `${up}records.js`],
    ];
  }),
  ['only its engine imports meilisearch', 'subgraphs/discovery/search/a.ts', 'meilisearch', './meilisearch/b.js'],
  [
    'the engine beside does not import meilisearch',
    'subgraphs/discovery/search/postgresql/a.ts',
    'meilisearch',
    '../engine.js',
  ],
  [
    'the engine of meilisearch imports it',
    'subgraphs/discovery/search/meilisearch/a.ts',
    '../../../../app.js',
    'meilisearch',
  ],
  ...['app.ts', 'config.ts', 'http/a.ts', 'cli/a.ts', 'web/a.ts', 'graph/a.ts', 'graph/b/a.ts'].map(
    (path): [string, string, string, string] => [`${path} does not import meilisearch`, path, 'meilisearch', 'zod'],
  ),
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
    { 'a.ts': linesOf(301) },
    { 'a.ts': linesOf(300), 'database/migrations/a.ts': linesOf(301) },
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
    'a name does not hide another, but the one of what is not used',
    'eslint(no-shadow)',
    { 'a.ts': 'export const a = 1;\nexport const b = (a: number) => a;\n' },
    { 'a.ts': 'export const a = [[1]].map((_, b) => [2].map((_, c) => b + c));\n' },
  ],
  [
    'a constructor does something; a class may be empty, a name may start with __',
    'eslint(no-useless-constructor)',
    { 'a.ts': 'export class A {\n  constructor() {}\n}\n' },
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
  expect([...new Set(refusals[2 * index]!.map(({ rule }) => rule))]).toEqual([code]);
  expect(refusals[2 * index + 1]).toEqual([]);
});

const downwards = ['discovery', 'provenance', 'activities', 'transfers', 'practices', 'directory'];
const everyRole = ['service', 'type', 'entity', 'meilisearch.engine'];
const withTables = ['service', 'entity', 'meilisearch.engine'];
const withGraphql = ['service', 'type', 'meilisearch.engine'];

const mayBe = (roles: string[]) => (specifier: string) => ({ specifier, roles });

/** What a file meets in a subgraph, or without a name directly in `subgraphs/`, and the roles that may import it. */
function importsOf(own?: string) {
  const [shared, top] = own ? ['../', '../../'] : ['./', '../'];
  const isBelow = (name: string) => downwards.includes(own!) && downwards.indexOf(name) > downwards.indexOf(own!);
  return [
    ...['zod', `${top}graph/ids.js`, `${shared}prefixes.js`, './b.fields.js', './b.service.js'].map(mayBe(everyRole)),
    ...['@mikro-orm/core', 'kysely', `${top}database/columns.js`].map(mayBe(withTables)),
    ...['./b.entity.js', `${shared}c.entity.js`].map(mayBe(withTables)),
    ...['graphql', 'graphql/type', 'type-graphql'].map(mayBe(withGraphql)),
    ...['./b.type.js', `${shared}c.type.js`].map(mayBe(withGraphql)),
    ...['meilisearch'].map(mayBe([])),
    ...['config.js', 'app.js', 'http/server.js'].map((path) => mayBe([])(`${top}${path}`)),
    ...downwards
      .filter((name) => own && name !== own)
      .flatMap((name) => [
        mayBe(isBelow(name) ? withTables : [])(`../${name}/b.entity.js`),
        mayBe(isBelow(name) ? everyRole : [])(`../${name}/b.fields.js`),
        ...['type', 'service'].map((role) => mayBe([])(`../${name}/b.${role}.js`)),
        mayBe([])(`../${name}/index.js`),
      ]),
  ];
}

test.each([
  ...[...downwards, 'unlisted'].map((name): [string, string?] => [name, name]),
  ['what belongs to all subgraphs'],
])('%s imports downwards, and each role its own side', (_, own) => {
  const imports = importsOf(own);
  const source = [
    ...imports.map(({ specifier }, index) => `import { a${index} } from '${specifier}';`),
    `export const b = [${imports.map((_, index) => `a${index}`).join(', ')}];`,
  ].join('\n');
  const found = lint(everyRole.map((role) => ({ [join('subgraphs', own ?? '', `a.${role}.ts`)]: source })));
  for (const [index, role] of everyRole.entries()) {
    const lines = new Set(found[index]!.map(({ line }) => line));
    expect(imports.filter((_, at) => lines.has(at + 1))).toEqual(imports.filter(({ roles }) => !roles.includes(role)));
  }
});

const roles = 'entity|columns|fields|type|stub|inputs|resolver|mutations|service|loaders|document|engine|seeds';
const places = [
  /^(main|app|store|config)\.ts$|^entry\.mjs$|^README\.md$|^tsconfig\.json$/,
  /^(cli|http|web|graph|database)(\/[^/]+){1,2}$/,
  new RegExp(String.raw`^subgraphs/([a-z]+/)?[a-z0-9-]+\.(${roles})\.ts$`),
  /^subgraphs\/discovery\/search\/([a-z]+\/)?[a-z0-9-]+(\.[a-z]+)?\.(ts|yaml)$/,
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
  const src = fileURLToPath(new URL('../src', import.meta.url));
  const paths = globSync('**/*.*', { cwd: src });
  expect(misplaced(paths)).toEqual([]);
  const barrels = paths.filter((path) => path.endsWith('.ts') && isBarrel(readFileSync(join(src, path), 'utf8')));
  expect(barrels.filter((path) => !/^subgraphs\/[a-z]+\/index\.ts$/.test(path))).toEqual([]);
});

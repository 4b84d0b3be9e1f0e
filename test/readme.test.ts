import { readFileSync } from 'node:fs';
import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { buildSchema, getNamedType, type GraphQLObjectType } from 'graphql';
import { describe, expect, inject, test } from 'vitest';
import { examples } from '../src/http/examples.js';
import { records } from '../src/subgraphs/records.js';
import { createToken } from '../src/subgraphs/directory/token.service.js';
import { anApp } from './support/app.js';
import { aDatabase } from './support/database.js';
import { aFile } from './support/files.js';
import { aGraph } from './support/graph.js';
import { runs } from './support/process.js';
import { blocksOf, readme, withoutNpx } from './support/readme.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const blocks = blocksOf(readme);
const commands = blocks.filter(({ language }) => language === 'sh').flatMap(({ body }) => body.split(/\n\s*/));

/** Every query that is documented, with the answer printed after it. */
const documented = blocks.flatMap(({ language, body }, index) =>
  language === 'graphql' ? [{ query: body, answer: blocks[index + 1]?.body ?? '' }] : [],
);
/** The exact number of SQL statements that each costs, in their order. */
const statements = [7, 9, 1, 9];

const database = await aDatabase('seeded');
const graph = await aGraph(database);

describe('the queries of the README', () => {
  test('are the first tabs of the playground', () => {
    expect(documented).toHaveLength(4);
    expect(documented.map(({ query }) => query)).toEqual(examples.slice(0, 4).map(({ query }) => query.trim()));
  });

  test.each(documented)('answer as printed: $query', async ({ query, answer }) => {
    // The first search with a word asks for its stems and synonyms too, which a process then knows.
    await graph.run(query);
    const { data, errors, statements: ran } = await graph.run(query);
    expect(errors).toEqual([]);
    expect({ data }).toEqual(JSON.parse(answer));
    expect(ran).toHaveLength(statements[documented.findIndex((each) => each.query === query)] ?? -1);
  });
});

test('every arrow in the picture of the README is a field of the graph', () => {
  const schema = buildSchema(readFileSync(new URL('../schema/api.graphql', import.meta.url), 'utf8'));
  const picture = blocks.find(({ language }) => language === 'mermaid')?.body ?? '';
  const arrows = [...picture.matchAll(/(\w+)(?:\[[^\]]*\])? -->\|([^|]+)\| (\w+)/g)];
  expect(arrows.length).toBe(picture.split('\n').length - 1);
  const anyRecord = Object.keys(records).filter((type) => type !== 'Claim' && type !== 'Source');
  const untrue = arrows.flatMap(([arrow, from = '', names = '', to = '']) =>
    (from === 'Record' ? anyRecord : [from]).flatMap((type) =>
      names.split(', ').flatMap((name) => {
        const field = (schema.getType(type) as GraphQLObjectType | undefined)?.getFields()[name];
        const target = field && getNamedType(field.type).name.replace(/Connection$/, '');
        return target === to ? [] : [`${type}: ${arrow}`];
      }),
    ),
  );
  expect(untrue).toEqual([]);
});

/** A text that ends with dots goes on in an answer. */
const whole = (value: unknown) =>
  typeof value === 'string' && value.endsWith('…') ? expect.stringMatching(`^${value.slice(0, -1)}.`) : value;

describe('the commands of the README', async () => {
  const { host, port, user } = inject('postgres');
  const url = `postgresql://${user}@localhost:${port}/${database.name}?host=${encodeURIComponent(host)}`;
  const run = (command: string, more: Record<string, string> = {}) =>
    promisify(exec)(command, {
      cwd: root,
      timeout: 25_000,
      env: { ...process.env, DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'warn', ...more },
    });

  const app = await anApp('seeded');

  test('are those that are run here or by CI', () => {
    expect(commands.map((command) => command.split(/ -/)[0])).toEqual([
      'npm ci && npm start',
      'curl',
      'npm cit',
      'DATA_DIR=.data-demo SEED=demo npm start',
      'npx goodgraph documents add examples/widgets/partner-practices.graphql',
      'curl',
      'curl',
      'curl',
      'curl',
      'npx goodgraph token create',
      'curl',
      'npx goodgraph token list',
      'npx goodgraph token create',
      'npx goodgraph subgraph check examples/partner-subgraph/workshops.graphql',
      'npm start',
      'npx goodgraph subgraph check examples/partner-subgraph/workshops.graphql',
      'GATEWAY=examples/partner-subgraph/subgraphs.yaml npm start',
      'DATABASE_URL=postgresql://user:password@host:5432/goodgraph npm start',
      'npx goodgraph config',
      'npx goodgraph migrate',
      'npx goodgraph seed',
      'npx goodgraph schema',
      'npx goodgraph reindex',
      'npx goodgraph reindex',
      'npx goodgraph search redrive',
      'SUBGRAPHS=directory,practices ROUTER_SECRET=between-us PORT=4001 npm start',
      'GATEWAY=examples/gateway/subgraphs.yaml npm start',
      'npx goodgraph import examples/mappings/members.csv',
      'npx goodgraph import examples/mappings/members.csv',
    ]);
  });

  test('npm start on an own PostgreSQL fills it with the demonstration, says so and where it answers, and stops when asked', async () => {
    const { name } = await aDatabase();
    const started = runs('npm', ['start'], { DATABASE_URL: url.replace(database.name, name), PORT: '0', SEED: 'demo' });
    const [, address = ''] = await started.says(/GoodGraph answers at (http:[^"\s]+)/);
    expect(started.output()).toMatch(/"level":40,[^\n]*This database holds demonstration records/);
    const query = '{ transfers(where: { targetReached: true }) { nodes { origin } totalCount } }';
    const response = await fetch(`${address}?query=${encodeURIComponent(query)}`);
    const nodes = Array.from({ length: 4 }, () => ({ origin: 'DEMONSTRATION' }));
    expect(await response.json()).toMatchObject({ data: { transfers: { nodes, totalCount: 4 } } });
    started.child.kill('SIGTERM');
    // npm itself ends by the signal; `ended` waits for the server behind it too.
    await started.ended;
    expect(started.output()).toContain('stopping');
  });

  test('CI runs the second one', () => {
    expect(
      readFileSync(new URL('../.ci/run', import.meta.url), 'utf8')
        .trim()
        .split('\n')
        .at(-1),
    ).toBe('npm cit');
  });

  test('curl answers as printed', async () => {
    const asked = blocks.flatMap(({ body }, index) =>
      body.startsWith('curl') && blocks[index + 1]?.language === 'json'
        ? [{ command: body, printed: blocks[index + 1]?.body ?? '' }]
        : [],
    );
    expect(asked).toHaveLength(4);
    const { token } = await createToken(app.database.em(), {
      role: 'PARTNER',
      partner: 'artex',
      label: 'test',
      expiresAt: new Date(Date.now() + 60_000),
    });
    for (const { command, printed } of asked) {
      const { stdout } = await run(command.replace('http://127.0.0.1:4000', app.url), { TOKEN: String(token) });
      expect(JSON.parse(stdout)).toEqual(JSON.parse(printed, (_name, value: unknown) => whole(value)));
    }
  });

  test('curl gets lists as files, as printed, and their sums', async () => {
    const [shown = '', summed = ''] = commands.filter((command) => /^curl .*\.csv/.test(command));
    const at = (command: string) => run(command.replace('http://127.0.0.1:4000', app.url));
    const printed = blocks[blocks.findIndex(({ body }) => body === shown) + 1]?.body;
    expect((await at(shown)).stdout.trim()).toBe(printed);
    const { about } = await aFile(`${app.url}/sources.csv`);
    expect((await at(summed)).stdout).toBe(`${about.sha256}  -\n`);
  });

  // Those that ask a partner's subgraph have a test of their own, in which one runs.
  const checked = commands.filter((command) => command.startsWith('npx') && !command.includes('--url'));

  test.each(checked.map((command, index) => [command, index === 0 ? command : withoutNpx(command)]))(
    '%s works',
    async (_, command) => {
      const { stderr, stdout } = await run(command);
      expect(stderr).toBe('');
      expect(stdout.length).toBeGreaterThan(20);
    },
  );
});

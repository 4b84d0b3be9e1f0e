import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import { pino, type Logger } from 'pino';
import { printConfig } from './cli/config.js';
import type { ExportFlags } from './cli/export.js';
import { fail } from './cli/failure.js';
import type { ImportFlags } from './cli/import.js';
import type { reindex } from './cli/reindex.js';
import { report } from './cli/report.js';
import type { CreateFlags } from './cli/token.js';
import { readConfig, variableNames, type Config } from './config.js';
import type { Database } from './database/database.js';
import { limits } from './graph/limits.js';
import { logOptions } from './http/log.js';

// What a command works with is loaded when it runs: who asks for help, or mistypes a flag, need not wait for the graph.

interface Flags extends Record<string, string | boolean | undefined> {
  json?: boolean;
}

const flagOf = (variable: string) => variable.toLowerCase().replaceAll('_', '-');
const keyOf = (variable: string) =>
  variable.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The configuration of the environment, with the flags given on the command line before it. */
function configOf(flags: Flags): Config {
  const given = variableNames.flatMap((name) => {
    const value = flags[keyOf(name)];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return readConfig(Object.fromEntries(given) as Record<string, string>);
}

/** JSON lines for machines, colours for people; commands that print a result log to stderr. */
function logger({ logLevel }: Config, to: 1 | 2): Logger {
  if (process.stdout.isTTY)
    return pino({
      ...logOptions(logLevel),
      transport: { target: 'pino-pretty', options: { destination: to, ignore: 'pid,hostname' } },
    });
  // Lines go out together, at the latest after a tenth of a second; what is left at the end is written then.
  return pino(logOptions(logLevel), pino.destination({ dest: to, sync: false, minLength: 4_096, periodicFlush: 100 }));
}

/** npm hands a signal to its shell, which dies of it without telling us; then our parent is another process. */
function whenOrphaned(act: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, 250).unref();
}

const program = new Command('goodgraph')
  .description('GoodGraph: an open graph of good practices, their transfer, and what came of it.')
  .version('0.1.0');

function command<Given extends Flags>(
  name: string,
  description: string,
  run: (flags: Given, argument: string) => Promise<void>,
  parent = program,
): Command {
  const made = parent.command(name).description(description).option('--json', 'print the result as JSON');
  for (const variable of variableNames) made.option(`--${flagOf(variable)} <value>`, `instead of ${variable}`);
  return made.action(() => run(made.opts<Given>(), made.args[0] ?? ''));
}

function countOf(text: string): number {
  const count = Number(text);
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('Write a number from 1 to 9999999.');
  return count;
}

/** What commands work on: the configured database, at this version's schema. */
interface Opened {
  database: Database;
  /** Those that it took to get there. */
  migrations: string[];
  config: Config;
  tell(message: string): void;
}

async function withStore(name: string, flags: Flags, run: (opened: Opened) => Promise<void>): Promise<void> {
  const config = configOf(flags);
  const log = logger(config, 2);
  const { openStore } = await import('./store.js');
  const { migrate } = await import('./database/migrate.js');
  const { database, close } = await openStore({ config, as: 'client', command: `goodgraph ${name}`, log });
  try {
    await run({ database, migrations: await migrate(database), config, tell: (message) => log.info(message) });
  } finally {
    await close();
  }
}

command('start', 'Start everything: database, schema, seeds and the graph over HTTP.', async (flags) => {
  const config = configOf(flags);
  const log = logger(config, 1);
  const { createApp } = await import('./app.js');
  const app = await createApp({ config, log });
  log.info(`GoodGraph answers at ${app.url}/graphql`);
  let stopping = false;
  const stop = (lameDuck: number) => {
    if (stopping) return;
    stopping = true;
    log.info('stopping');
    setTimeout(() => process.exit(1), lameDuck + limits.deadline.shutdown).unref();
    app.close(lameDuck).then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  // Not `once`: Ctrl-C reaches the whole process group, and npm sends it again.
  process.on('SIGTERM', () => stop(limits.deadline.lameDuck));
  process.on('SIGINT', () => stop(0));
  if (config.startedByNpm) whenOrphaned(() => stop(limits.deadline.lameDuck));
});

command('migrate', "Bring the database to this version's schema.", (flags) =>
  withStore('migrate', flags, async ({ migrations }) =>
    report(
      flags.json,
      { migrations },
      migrations.length > 0 ? `Ran ${migrations.join(', ')}.` : 'Nothing to do: the schema is up to date.',
    ),
  ),
);

command('seed', 'Load the seeds, or load them again after an edit.', (flags) =>
  withStore('seed', flags, async ({ database, config: { seed }, tell }) => {
    const { printSeeded } = await import('./cli/seed-command.js');
    await printSeeded({ database, seed, json: flags.json, log: tell });
  }),
);

command<Flags & ExportFlags>('export', 'Write everything that is public into a folder, as portable NDJSON.', (flags) =>
  withStore('export', flags, async ({ database, tell }) => {
    const { printExport } = await import('./cli/export.js');
    await printExport({ database, flags, log: tell });
  }),
)
  .requiredOption('--to <folder>', 'the folder: made anew, or an export that is replaced once the new one is whole')
  .option('--token <file>', "a file that holds an admin's token, or - for stdin: everything, hidden records too");

command<Flags & ImportFlags>(
  'import',
  'Bring records from a CSV, TSV, JSON, NDJSON or YAML file, as a mapping reads it, or an export back into an empty database.',
  (flags, path) =>
    withStore('import', flags, async ({ database, tell }) => {
      const { foundFolder } = await import('./cli/export/folder.js');
      const { importFile } = await import('./cli/import.js');
      const { printRestored } = await import('./cli/restore.js');
      if (flags.map === undefined && (await foundFolder(path)) !== null)
        await printRestored({ database, from: path, json: flags.json, log: tell });
      else await importFile({ database, file: path, log: tell }, flags);
    }),
)
  .argument('<path>', 'the file to import, or the folder of an export')
  .option('--map <file>', 'the mapping: how its rows become records')
  .option('--dry-run', 'store nothing: tell what would be created, updated and rejected')
  .option('--explain [row]', 'store nothing: show how the first row, or this one, is read')
  .option(
    '--rejects <file>',
    'where rejected rows go, to be mended; <file>.rejects.<ending> beside the file unless said',
  );

/** What commands of the search are given: the engines that the configuration names. */
const withEngines = (
  name: string,
  flags: Flags,
  run: (search: Parameters<typeof reindex>[0]) => Promise<void>,
): Promise<void> =>
  withStore(name, flags, async ({ database, config: { meilisearch }, tell }) => {
    const { openSearch } = await import('./subgraphs/discovery/search/open.js');
    const { engines } = openSearch(database, { meilisearch });
    await run({ database, engines, json: flags.json, log: tell });
  });

command<Flags & { check?: boolean }>(
  'reindex',
  'Build the search indexes anew, beside those that answer; it can be stopped at any moment.',
  (flags) =>
    withEngines('reindex', flags, async (opened) => {
      const { checkIndexes, reindex } = await import('./cli/reindex.js');
      await (flags.check === true ? checkIndexes : reindex)(opened);
    }),
).option('--check', 'change nothing: tell what is missing, out of date or left over in them');

const search = program.command('search').description('The search indexes.');

command(
  'redrive',
  'Give search engines once more the documents that they refused.',
  (flags) =>
    withEngines('search redrive', flags, async (opened) => {
      const { printRedriven } = await import('./cli/search-redrive.js');
      await printRedriven(opened);
    }),
  search,
);

const token = program.command('token').description('Tokens: who may sign in.');

command<Flags & CreateFlags>(
  'create',
  'Make a token, and show it once.',
  (flags) =>
    withStore('token create', flags, async ({ database, config }) => {
      const { printCreated } = await import('./cli/token.js');
      await printCreated(database, flags, config.oidc?.issuer);
    }),
  token,
)
  .option('--role <role>', 'what its holder is: editor, reviewer, admin or service')
  .option('--partner <slug>', 'the organisation that an editor writes for')
  .option('--expires <time>', 'until when it holds: 90d, 12h, 4w or a day such as 2027-01-31')
  .option('--label <text>', 'what it is for; tokens with one label, role and partner act as one account')
  .option('--subject <subject>', 'instead of a token: lets in whom OIDC_ISSUER calls so (the claim `sub`)');

command(
  'list',
  'List the tokens, without their secrets.',
  (flags) =>
    withStore('token list', flags, async ({ database }) => {
      const { printTokens } = await import('./cli/token.js');
      await printTokens(database, flags.json);
    }),
  token,
);

command(
  'revoke',
  'End a token at once.',
  (flags, id) =>
    withStore('token revoke', flags, async ({ database }) => {
      const { printRevoked } = await import('./cli/token.js');
      await printRevoked(database, id, flags.json);
    }),
  token,
).argument('<id>', "the token's id, as `token list` tells it");

const bench = program.command('bench').description('Measure at scale.');

command<Flags & { practices: number }>(
  'seed',
  'Fill a database with generated records, all marked as demonstration.',
  (flags) =>
    withStore('bench seed', flags, async ({ database, tell }) => {
      const { benchSeed } = await import('./cli/bench-seed.js');
      await benchSeed({ database, practices: flags.practices, json: flags.json, log: tell });
    }),
  bench,
).option('--practices <count>', 'how many good practices; everything else in proportion', countOf, 50_000);

command('config', 'Print the configuration and the limits, secrets left out.', async (flags) =>
  printConfig(flags.json, configOf(flags)),
);

program
  .command('schema')
  .description('Print the API schema, or write every schema file.')
  .option('--write <directory>', 'write <subgraph>.graphql, supergraph.graphql and api.graphql there')
  .option('--json', 'print the result as JSON')
  .action(async ({ write, json }: { write?: string; json?: boolean }) => {
    const { printSchema, writeSchema } = await import('./cli/schema.js');
    await (write === undefined ? printSchema(json) : writeSchema(write, json));
  });

program
  .command('documents')
  .description('The queries that anyone may GET by their hash, at /w/<hash>.')
  .command('add')
  .description('Trust the query of each file: one named query a file, with its fragments.')
  .argument('<files...>', 'GraphQL files')
  .option('--json', 'print the result as JSON')
  .action(async (files: string[], { json }: { json?: boolean }) => {
    const { printAdded } = await import('./cli/documents.js');
    await printAdded(files, json);
  });

program
  .command('subgraph')
  .description("A partner's subgraph in the graph.")
  .command('check')
  .description('Tell whether a subgraph may join the graph, and how to mend what keeps it out. Nothing is changed.')
  .argument('<file>', "the subgraph's SDL, named after it: <subgraph>.graphql")
  .option('--url <address>', 'ask it where it runs, too')
  .option('--json', 'print the result as JSON')
  .action(async (file: string, flags: { url?: string; json?: boolean }) => {
    const { printCheck } = await import('./cli/subgraph-check.js');
    await printCheck(file, flags);
  });

await program.parseAsync().catch(fail);

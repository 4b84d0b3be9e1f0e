import 'reflect-metadata';
import { Command, InvalidArgumentError } from 'commander';
import { pino, type Logger } from 'pino';
import { printConfig } from './cli/config.js';
import { printExport, type ExportFlags } from './cli/export.js';
import { foundFolder } from './cli/export/folder.js';
import { fail } from './cli/failure.js';
import { importFile, type ImportFlags } from './cli/import.js';
import { checkIndexes, reindex } from './cli/reindex.js';
import { report } from './cli/report.js';
import { printRestored } from './cli/restore.js';
import { printRedriven } from './cli/search-redrive.js';
import { seedDatabase } from './cli/seed.js';
import { printCreated, printRevoked, printTokens, type CreateFlags } from './cli/token.js';
import { readConfig, variableNames, type Config } from './config.js';
import { migrate } from './database/migrate.js';
import { anonymous } from './graph/context.js';
import { limits } from './graph/limits.js';
import { logOptions } from './http/log.js';
import { openStore, type Store } from './store.js';
import { demonstrationNotice, holdsDemonstration } from './subgraphs/demonstration.js';
import { openSearch } from './subgraphs/discovery/search/open.js';
import { subgraphs } from './subgraphs/subgraphs.js';

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

async function withStore(name: string, flags: Flags, run: (store: Store, log: Logger) => Promise<void>): Promise<void> {
  const config = configOf(flags);
  const log = logger(config, 2);
  const store = await openStore({ config, as: 'client', command: `goodgraph ${name}`, log });
  try {
    await run(store, log);
  } finally {
    await store.close();
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
  withStore('migrate', flags, async ({ database }) => {
    const migrations = await migrate(database);
    report(
      flags.json,
      { migrations },
      migrations.length > 0 ? `Ran ${migrations.join(', ')}.` : 'Nothing to do: the schema is up to date.',
    );
  }),
);

command('seed', 'Load the seeds, or load them again after an edit.', (flags) =>
  withStore('seed', flags, async ({ database }, log) => {
    await migrate(database);
    const { seed } = configOf(flags);
    const files =
      seed === 'none'
        ? []
        : await seedDatabase({ em: database.em(), subgraphs, seed, log: (message) => log.info(message) });
    const demonstration = await holdsDemonstration(database.readAs(anonymous));
    const lines = files.map(({ file, entries }) => `${file}: ${entries} entries`);
    if (seed === 'none')
      lines.push("SEED is 'none': nothing was loaded. 'real' loads the seeds, 'demo' the demonstration too.");
    if (demonstration) lines.push(demonstrationNotice);
    report(flags.json, { files, demonstration }, lines.join('\n'));
  }),
);

command<Flags & ExportFlags>('export', 'Write everything that is public into a folder, as portable NDJSON.', (flags) =>
  withStore('export', flags, async ({ database }, log) => {
    await migrate(database);
    await printExport({ database, flags, log: (message) => log.info(message) });
  }),
)
  .requiredOption('--to <folder>', 'the folder: made anew, or an export that is replaced once the new one is whole')
  .option('--token <file>', "a file that holds an admin's token, or - for stdin: everything, hidden records too");

command<Flags & ImportFlags>(
  'import',
  'Bring records from a CSV, TSV, JSON, NDJSON or YAML file, as a mapping reads it, or an export back into an empty database.',
  (flags, path) =>
    withStore('import', flags, async ({ database }, log) => {
      const tell = (message: string) => log.info(message);
      await migrate(database);
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
  withStore(name, flags, async ({ database }, log) => {
    await migrate(database);
    const { engines } = openSearch(database, { meilisearch: configOf(flags).meilisearch });
    await run({ database, engines, json: flags.json, log: (message) => log.info(message) });
  });

command<Flags & { check?: boolean }>(
  'reindex',
  'Build the search indexes anew, beside those that answer; it can be stopped at any moment.',
  (flags) => withEngines('reindex', flags, flags.check === true ? checkIndexes : reindex),
).option('--check', 'change nothing: tell what is missing, out of date or left over in them');

const search = program.command('search').description('The search indexes.');

command(
  'redrive',
  'Give search engines once more the documents that they refused.',
  (flags) => withEngines('search redrive', flags, printRedriven),
  search,
);

const token = program.command('token').description('Tokens: who may sign in.');

/** What commands of tokens are given: a database that has their tables. */
const withTokens = (name: string, flags: Flags, run: (database: Store['database']) => Promise<void>): Promise<void> =>
  withStore(`token ${name}`, flags, async ({ database }) => {
    await migrate(database);
    await run(database);
  });

command<Flags & CreateFlags>(
  'create',
  'Make a token, and show it once.',
  (flags) => withTokens('create', flags, (database) => printCreated(database, flags, configOf(flags).oidc?.issuer)),
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
  (flags) => withTokens('list', flags, (database) => printTokens(database, flags.json)),
  token,
);

command(
  'revoke',
  'End a token at once.',
  (flags, id) => withTokens('revoke', flags, (database) => printRevoked(database, id, flags.json)),
  token,
).argument('<id>', "the token's id, as `token list` tells it");

const bench = program.command('bench').description('Measure at scale.');

command<Flags & { practices: number }>(
  'seed',
  'Fill a database with generated records, all marked as demonstration.',
  (flags) =>
    withStore('bench seed', flags, async ({ database }, log) => {
      await migrate(database);
      const { benchSeed } = await import('./cli/bench-seed.js');
      await benchSeed({ database, practices: flags.practices, json: flags.json, log: (message) => log.info(message) });
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

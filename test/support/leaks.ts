import { pino } from 'pino';
import { logOptions } from '../../src/http/log.js';
import { openSearch, rebuildSearch } from '../../src/subgraphs/discovery/search/open.js';
import { createToken, type TokenRole } from '../../src/subgraphs/directory/token.service.js';
import { fusedGraph } from '../../src/subgraphs/graph.js';
import { records } from '../../src/subgraphs/records.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { listsOf } from '../../src/web/lists/lists.js';
import { anApp } from './app.js';
import { execute, type TestDatabase } from './database.js';
import { aPartner } from './factories.js';
import { parityData } from './parity.js';
import { randomOperation } from './random-operation.js';

/** Words that are in no answer but one that tells what is hidden, each followed by what makes it one of a kind. */
export const planted = { secret: 'zzhidden', mail: 'zzmail' };
const word = (kind: keyof typeof planted, key: string) => `'${planted[kind]}' || substr(md5(${key}), 1, 12)`;

/** Columns of free text, where a table has them. */
const texts = [
  'title',
  'summary',
  'description',
  'note',
  'name',
  'name_original',
  'name_english',
  'label',
  'source_note',
  'withdrawn_reason',
  'owner_text',
  'action',
  'value',
  'subject',
];

/** Those that may be written where nothing stood. */
const anywhere = ['summary', 'description', 'note', 'source_note'];

/** Writes words of their own into all that is hidden: records, their past, their parts, contacts, accounts. */
export async function plant(database: TestDatabase): Promise<void> {
  const run = (text: string, parameters?: unknown[]) => execute(database, text, parameters);
  for (const { table } of Object.values(records)) {
    const columns = await execute<{ name: string }>(
      database,
      `select attname as name from pg_attribute where attrelid = $1::regclass and atttypid = 'text'::regtype
         and attname = any($2) and attgenerated = ''`,
      [table, texts],
    );
    for (const { name } of columns)
      await run(`update ${table} set ${name} = ${word('secret', `id || '${name}'`)}
        where publication_status <> 'PUBLISHED' ${anywhere.includes(name) ? '' : `and ${name} is not null`}`);
    // What a record said while it was a draft, and says no more.
    const some = `hashtext(id) & 15 = 2`;
    await run(
      `update ${table} set publication_status = 'DRAFT', withdrawn_reason = null, source_note = ${word('secret', 'id')} where ${some}`,
    );
    await run(`update ${table} set source_note = 'Checked.' where ${some}`);
    await run(`update ${table} set publication_status = 'PUBLISHED' where ${some}`);
    await run(
      `insert into translation (record_id, field, language, text, origin)
       select id, 'title', 'it', ${word('secret', `id || 'it'`)}, 'HUMAN' from ${table} where publication_status <> 'PUBLISHED'`,
    );
  }
  // Who somebody is, of natural persons that everyone sees.
  await run(`update partner set is_natural_person = true, acronym = ${word('secret', `id || 'acronym'`)},
    name_english = ${word('secret', `id || 'name'`)}, source_note = ${word('secret', `id || 'note'`)},
    website = 'https://' || ${word('secret', `id || 'site'`)} || '.example.org'
    where publication_status = 'PUBLISHED' and hashtext(id) & 3 = 3`);
  await run(`insert into good_practice_step (practice_id, position, from_status, to_status, note)
    select id, 7, 'DRAFT', 'SUBMITTED', ${word('secret', `id || 'step'`)} from good_practice`);
  await run(`insert into partner_contact (partner_id, position, role) select id, 0, 'press' from partner`);
  await run(`insert into partner_contact_email select id, 0,
    case publication_status when 'PUBLISHED' then ${word('mail', 'id')} else ${word('secret', 'id')} end || '@example.org' from partner`);
}

export interface Leaks {
  asked: number;
  /** Answers with data. */
  told: number;
  /** Where something hidden was told. */
  found: string[];
  /** Rows of lists as files. */
  files: number;
  /** Answers to an admin that hold what is hidden to others. */
  seen: number;
}

/** An application with much to hide; `leaks` asks it random operations, as nobody and as a partner to whom nothing of it belongs. */
export async function aHouseWithSecrets() {
  const graph = fusedGraph(subgraphs);
  const { database, values } = await parityData(graph);
  await plant(database);
  await aPartner(database, { slug: 'stranger' });
  await rebuildSearch(openSearch(database), database);
  const lines: string[] = [];
  const log = pino(logOptions('trace'), { write: (line: string) => void lines.push(line) });
  const app = await anApp('migrated', {}, undefined, { shared: database, log, quota: { cost: 1e9 } });
  const tokenOf = async (role: TokenRole) => {
    const partner = role === 'PARTNER' ? 'stranger' : undefined;
    const expiresAt = new Date(Date.now() + 3_600_000);
    return String((await createToken(database.em(), { role, partner, label: planted.secret, expiresAt })).token);
  };
  const tokens = { PARTNER: await tokenOf('PARTNER'), ADMIN: await tokenOf('ADMIN') };

  const ask = async (body: object, token?: string) => {
    const headers = {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    return (await fetch(`${app.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) })).text();
  };
  const get = async (path: string, token?: string) =>
    (
      await fetch(`${app.url}${path}`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } })
    ).text();
  const declared = subgraphs.flatMap(({ fields }) => fields);
  const lists = listsOf({ schema: graph.executor.schema, declared, may: () => () => true });
  const operation = (seed: number, role: 'ANONYMOUS' | 'PARTNER' | 'ADMIN') =>
    randomOperation({ schema: graph.executor.schema, values, seed, role, width: 8, page: 20 });

  async function leaks(count: number): Promise<Leaks> {
    const result: Leaks = { asked: 0, told: 0, found: [], files: 0, seen: 0 };
    const look = (what: string, text: string, words: readonly string[]) => {
      for (const each of words) if (text.includes(each)) result.found.push(`${each} in ${what}: ${around(text, each)}`);
    };
    const secrets = [planted.secret, 'gg_'];
    for (let seed = 0; seed < count; seed += 1) {
      const role = seed % 2 === 0 ? 'ANONYMOUS' : 'PARTNER';
      const asked = operation(seed, role);
      const answer = await ask(asked, role === 'PARTNER' ? tokens.PARTNER : undefined);
      result.asked += 1;
      if (/"data":\{.*":"/.test(answer)) result.told += 1;
      look(
        `the answer to ${role} of ${asked.query}`,
        answer,
        role === 'PARTNER' ? secrets : [...secrets, planted.mail],
      );
    }
    for (let seed = 0; seed < 40; seed += 1)
      if ((await ask(operation(seed, 'ADMIN'), tokens.ADMIN)).includes(planted.secret)) result.seen += 1;

    // What is searched for, and what signs in, in the places where they do not belong.
    const search = `{ search(query: "${planted.secret}") { totalCount } suggest(prefix: "${planted.secret.slice(0, 6)}") { title } }`;
    for (const token of [undefined, tokens.PARTNER])
      look('search', await ask({ query: search }, token), [planted.secret]);
    await fetch(`${app.url}/graphql?query={__typename}&token=${tokens.ADMIN}`, {
      headers: { authorization: `Basic ${tokens.ADMIN}` },
    });
    await fetch(`${app.url}/${tokens.ADMIN}`, { headers: { authorization: `Bearer ${tokens.ADMIN}x` } });
    // Every list as a file, to its end.
    for (const { name } of lists)
      for (const token of [undefined, tokens.PARTNER]) {
        const told = await get(`/${name}.ndjson`, token);
        result.files += told.split('\n').length - 2;
        look(
          `/${name}.ndjson to ${token ? 'PARTNER' : 'ANONYMOUS'}`,
          told,
          token ? secrets : [...secrets, planted.mail],
        );
      }
    look('the log', lines.join(''), [planted.secret, planted.mail, ...Object.values(tokens)]);
    look('the metrics', await (await fetch(`${app.url}/metrics`)).text(), [
      planted.secret,
      planted.mail,
      ...Object.values(tokens),
    ]);
    return result;
  }

  return { database, leaks };
}

const around = (text: string, what: string) =>
  text.slice(Math.max(0, text.indexOf(what) - 200), text.indexOf(what) + 60);

import { expect, test } from 'vitest';
import { DatabaseFault } from '../../src/database/errors.js';
import { checkPublic, migrate } from '../../src/database/migrate.js';
import { migrations } from '../../src/database/migrations/index.js';
import { subgraphs } from '../../src/subgraphs/subgraphs.js';
import { aDatabase, execute } from '../support/database.js';

const database = await aDatabase();

test('every mapped column exists in its table with its type and nullability, and none is left over', async () => {
  const columns = await execute<{ table: string; column: string; type: string; nullable: boolean }>(
    database,
    `
    select c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as "type", not a.attnotnull as "nullable"
    from pg_attribute a join pg_class c on c.oid = a.attrelid where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      -- What the database keeps for itself, out of other columns, for lists to compare.
      and a.attgenerated = '' and (c.relname, a.attname) <> ('transfer', 'destination_code')`,
  );
  const spelled: Record<string, string> = {
    timestamptz: 'timestamp with time zone',
    int: 'integer',
    bool: 'boolean',
    'timestamptz(0)': 'timestamp with time zone',
  };
  for (const entity of subgraphs.flatMap(({ entities }) => entities)) {
    const meta = database.orm.getMetadata().get(entity as never);
    const mapped = meta.comparableProps.concat(meta.getPrimaryProps()).map((property) => ({
      table: meta.tableName,
      column: property.fieldNames[0],
      type: spelled[property.columnTypes[0] ?? ''] ?? property.columnTypes[0],
      nullable: property.nullable ?? false,
    }));
    const real = columns.filter(({ table }) => table === meta.tableName);
    const sort = (rows: { column: string | undefined }[]) =>
      rows.toSorted((a, b) => ((a.column ?? '') < (b.column ?? '') ? -1 : 1));
    expect(sort([...new Map(mapped.map((each) => [each.column, each])).values()])).toEqual(sort(real));
  }
});

test('every table has row-level security, enabled and forced', async () => {
  const open = await execute(
    database,
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
    and not (relrowsecurity and relforcerowsecurity) order by 1`,
  );
  const searched = [
    'action_plan',
    'event',
    'good_practice',
    'output',
    'partner',
    'project',
    'source',
    'task',
    'transfer',
  ];
  // What is searched of published rows is as public as they are.
  expect(open.map(({ relname }) => relname)).toEqual(
    [
      ...searched.map((table) => `${table}_search`),
      'import_match',
      'mikro_orm_migrations',
      'search_quarantine',
      'search_target',
    ].toSorted(),
  );
});

test('every foreign key that a record can be found by has an index', async () => {
  const bare = await execute<{ column: string }>(
    database,
    `
    select conrelid::regclass || '.' || a.attname as "column" from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and not exists (select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1]) order by 1`,
  );
  expect(bare.map(({ column }) => column)).toEqual([]);
});

test('processes that migrate one database at once run every migration once', async () => {
  const fresh = await aDatabase('migrated');
  await execute(fresh, 'drop schema public cascade');
  await execute(fresh, 'create schema public');
  const ran = await Promise.all([migrate(fresh), migrate(fresh), migrate(fresh)]);
  expect(ran.flat().toSorted()).toEqual(migrations.map(({ name }) => name));
});

test('a database that a newer GoodGraph has migrated is refused, and left as it is', async () => {
  const newer = await aDatabase('migrated');
  await execute(newer, `insert into mikro_orm_migrations (name) values ('9999-from-the-future')`);
  await expect(migrate(newer)).rejects.toThrow(
    'A newer GoodGraph has used this database (migration 9999-from-the-future). Update GoodGraph, or choose another DATA_DIR or DATABASE_URL.',
  );
  expect(await execute(newer, 'select count(*)::int as n from mikro_orm_migrations')).toEqual([
    { n: migrations.length + 1 },
  ]);
});

test('a start bears readers whose first connections come late, and tells when none comes', async () => {
  const failing = (times: number) => {
    let left = times;
    const readAs: typeof database.readAs = (...asked) => {
      const read = database.readAs(...asked);
      return (query) => {
        left -= 1;
        if (left >= 0) return Promise.reject(new DatabaseFault('UNAVAILABLE', 'The database does not answer.'));
        return read(query);
      };
    };
    return { ...database, readAs };
  };
  await checkPublic(failing(9));
  await expect(checkPublic(failing(10))).rejects.toThrow(/Cannot use the database/);
});

import type { EntityClass, EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Viewer } from '../graph/context.js';
import type { UserErrorCode } from '../graph/errors.js';
import type { Fields } from '../graph/fields.js';
import { entryOf, type Lie } from './entry.columns.js';
import type { EntryError } from './manifest.js';
import { entryIn, explained, namedIn, pathInForm } from './mutation.inputs.js';
import { mend, type Stored } from './mutation.service.js';
import { slugOf } from './record.inputs.js';

type Values = Record<string, unknown>;

/** Records that people enter by forms: what a whole one must be, and what stores it. The same services read seed files. */
export interface Entered<Record extends Stored> {
  fields: Pick<Fields, 'type' | 'prefix' | 'table' | 'edges'>;
  entity: EntityClass<Record>;
  entry: z.ZodObject;
  columns: Lie;
  /** The field of an entry that names the organisation whose record it is; absent where it is one itself. */
  owner?: string;
  /** The field that names a project whose lead partner enters records for others too. */
  ledBy?: string;
  /** What a slug is made of where none is given; absent where records have none. */
  namedBy?: string;
  /** Fields that are held against each other when one of them is changed. */
  together?: readonly (readonly string[])[];
  /** What a new record is beside what its form says, such as a draft. */
  initial?: Values;
  save(em: EntityManager, entries: never[]): Promise<EntryError[]>;
}

/** Stores a form as a new record. */
export async function createEntry<Record extends Stored>(
  em: EntityManager,
  writing: Entered<Record>,
  id: string,
  form: object,
  { viewer, isAgain }: { viewer: Viewer; isAgain: boolean },
): Promise<void> {
  const { entry, owner, namedBy, initial, save } = writing;
  const { idempotencyKey: _key, ...fields } = form as Values;
  const written = entryIn(fields);
  const own = await ownOf(em, writing, fields, viewer);
  const name =
    namedBy === undefined
      ? ''
      : slugOf(String(written[namedBy] ?? ''))
          .slice(0, 80)
          .replace(/-$/, '');
  const made = written['slug'] === undefined && namedBy !== undefined;
  const slug = made ? name || id.replace('_', '-') : written['slug'];
  const whole = explained(entry, { ...own, ...written, ...(slug !== undefined && { slug }) }, pathInForm) as Values;
  const attempt = (given: Values) => save(em, [{ ...given, ...initial, id }] as never[]);
  const of = (errors: readonly EntryError[], field: string, code: UserErrorCode) =>
    errors.some((error) => error.field[0] === field && error.code === code);
  let errors = made && isAgain ? [] : await attempt(whole);
  // What an editor of a made-up organisation enters is made up as well.
  if (owner !== undefined && of(errors, owner, 'CONFLICT'))
    errors = await attempt(Object.assign(whole, { origin: 'DEMONSTRATION' }));
  // The name is taken, maybe by what the viewer does not see: the end of the id tells them apart.
  const isTaken = isAgain || of(errors, 'slug', 'DUPLICATE');
  tell(made && isTaken ? await attempt({ ...whole, slug: `${String(slug)}-${id.slice(-6)}` }) : errors);
}

/** Changes what a form names, of a record that is held; the whole is held against its schema, and the rest left alone. */
export async function updateEntry<Record extends Stored>(
  em: EntityManager,
  writing: Entered<Record>,
  record: Record,
  form: object,
  viewer: Viewer,
): Promise<void> {
  const { fields, entry, columns, owner, together = [], save } = writing;
  const { id, expectedVersion: _version, idempotencyKey: _key, ...changes } = form as Values;
  const names = namedIn(changes);
  const written = entryIn(changes);
  const stored = entryOf(record, Object.keys(entry.shape), columns);
  if (owner !== undefined && names.has(owner)) await onlyOwn(em, writing, { ...stored, ...changes }, viewer);
  const beside = new Set(together.filter((group) => group.some((name) => names.has(name))).flat());
  const needed = Object.keys(entry.shape).filter(
    (name) =>
      columns[name] === null &&
      !names.has(name) &&
      (beside.has(name) || !(entry.shape[name] as z.ZodType).safeParse(undefined).success),
  );
  const kept = Object.fromEntries(Object.entries(stored).filter(([name]) => !names.has(name)));
  const whole = explained(
    entry,
    { ...kept, ...(await edgesOf(em, fields, String(id), needed)), ...written },
    pathInForm,
  ) as Values;
  const always = ['slug', 'origin', 'confidence', 'language'];
  const change = Object.fromEntries(
    Object.entries(whole).filter(([name]) => names.has(name) || beside.has(name) || always.includes(name)),
  );
  tell(await save(em, [{ ...change, id, ...(!names.has('source') && { mainSource: stored['source'] }) }] as never[]));
}

function tell(errors: readonly EntryError[]): void {
  mend(errors.map(({ field, code, message }) => ({ field: pathInForm(field), code, message })));
}

/** The owner of a record that an editor enters: the own organisation, unless the form says otherwise and may. */
async function ownOf<Record extends Stored>(
  em: EntityManager,
  writing: Entered<Record>,
  form: Values,
  viewer: Viewer,
): Promise<Values> {
  const { owner, ledBy } = writing;
  if (viewer.role !== 'PARTNER' || owner === undefined) return {};
  const isNamed = ledBy === undefined ? form[owner] != null : form[owner] !== undefined;
  if (isNamed) await onlyOwn(em, writing, form, viewer);
  return isNamed ? {} : { [owner]: viewer.partnerId };
}

/** An editor enters records of the own organisation, and gives none away, but in a project that it leads. */
async function onlyOwn<Record extends Stored>(
  em: EntityManager,
  { owner = '', ledBy = '' }: Entered<Record>,
  form: Values,
  { role, partnerId }: Viewer,
): Promise<void> {
  const key = form[owner] ?? null;
  if (role !== 'PARTNER' || key === partnerId) return;
  const project = form[ledBy] ?? null;
  const { rows } = await sql<{ slug: string; leads: boolean }>`
    select slug, exists (select from project where ${project}::text in (slug, id) and goodgraph_leads(id)) as leads
    from partner where id = ${partnerId}`.execute(em.getKysely<unknown>());
  const { slug: own, leads = false } = rows[0] ?? {};
  if (key === own || leads) return;
  const message = `You write for '${own}' alone. Leave this out, or name that organisation.`;
  mend([{ field: [owner], code: 'FORBIDDEN', message }]);
}

/** The ids that these edges of a record lead to. */
async function edgesOf(
  em: EntityManager,
  { edges = {} }: Pick<Fields, 'edges'>,
  id: string,
  names: readonly string[],
): Promise<Values> {
  const selects = names.flatMap((name) => {
    const edge = edges[name];
    if (!edge) return [];
    return [
      sql`select ${name} as name, array(select ${sql.ref(edge.target)} from ${sql.table(edge.through)}
        where ${sql.ref(edge.key)} = ${id} order by position) as ids`,
    ];
  });
  if (selects.length === 0) return {};
  const { rows } = await sql<{ name: string; ids: string[] }>`${sql.join(selects, sql` union all `)}`.execute(
    em.getKysely<unknown>(),
  );
  return Object.fromEntries(rows.map(({ name, ids }) => [name, ids]));
}

import type { Database } from '../../src/database/database.js';
import { records } from '../../src/subgraphs/records.js';
import { execute } from './connect.js';
import * as a from './factories.js';

/** How many projects there are, and of each kind of thing that projects share. */
const many = 20;

const at = <Item>(items: readonly Item[], n: number): Item => items[n % items.length] as Item;

async function made(count: number, make: (n: number) => Promise<{ id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push((await make(n)).id);
  return ids;
}

type Shared = Record<
  'regions' | 'places' | 'indicators' | 'themes' | 'partners' | 'programmes' | 'instruments',
  string[]
>;

/**
 * Fills an empty database until lists are about as long as in a programme that has run for some years: a project has
 * eight partners, six practices and three of everything else; a partner three practices and some parts in projects.
 */
export async function fill(database: Database): Promise<void> {
  const regions = await fillRegions(database);
  const places = await made(many, (n) => a.aPlace(database, { region_id: at(regions, n) }));
  const broader = await a.aTheme(database);
  const partners = await made(2 * many, (n) =>
    a.aPartner(database, { region_id: at(regions, n), place_id: at(places, n), specialisations: ['craft', 'design'] }),
  );
  const shared: Shared = {
    regions,
    places,
    partners,
    indicators: await made(many, () => a.anIndicator(database)),
    themes: await made(many, () => a.aTheme(database, { broader_id: broader.id })),
    programmes: await made(many / 2, () => a.aProgramme(database)),
    instruments: await made(many, (n) =>
      a.aPolicyInstrument(database, { region_id: at(regions, n), responsible_id: at(partners, n) }),
    ),
  };
  const { themes } = shared;
  for (const n of themes.keys())
    await a.link(database, 'theme_related', { theme_id: at(themes, n), related_id: at(themes, n + 1) });
  // Side by side: none waits for another.
  await Promise.all(Array.from({ length: many }, (_, n) => fillProject(database, n, shared)));
  await addProvenance(database, await made(many, () => a.aSource(database, { title: 'A page' })));
}

/** A country with four regions of five regions each; the ids of these. */
async function fillRegions(database: Database): Promise<string[]> {
  const smallest: string[] = [];
  const country = await a.aRegion(database, 'XI');
  const inside = { country_code: 'XI', iso_country_code: 'XI' };
  for (const one of [1, 2, 3, 4]) {
    const path = `2024/XI/XI${one}/`;
    const middle = await a.aRegion(database, `XI${one}`, { ...inside, level: 1, parent_id: country.id, path });
    for (const two of [1, 2, 3, 4, 5]) {
      const code = `XI${one}${two}`;
      const columns = { ...inside, level: 2, parent_id: middle.id, path: `${path}${code}/` };
      smallest.push((await a.aRegion(database, code, columns)).id);
    }
  }
  return smallest;
}

async function fillProject(database: Database, n: number, shared: Shared): Promise<void> {
  const { partners, themes, programmes } = shared;
  const project_id = (await a.aProject(database, { programme_id: at(programmes, n) })).id;
  for (const k of [0, 1]) await a.link(database, 'project_theme', { project_id, theme_id: at(themes, n + k) });
  for (let k = 0; k < 8; k += 1) await a.aParticipation(database, { project_id, partner_id: at(partners, n * 2 + k) });
  const practices = await made(6, (k) => fillPractice(database, n + k, project_id, shared));
  for (const k of [0, 1, 2]) {
    const these = [at(practices, 2 * k), at(practices, 2 * k + 1)];
    const transfer_id = await fillTransfer(database, n, project_id, these, shared);
    await fillEvent(database, n, project_id, these, shared);
    await fillWork(database, n, project_id, transfer_id, shared);
  }
}

async function fillPractice(
  database: Database,
  n: number,
  identified_in_id: string,
  shared: Shared,
): Promise<{ id: string }> {
  const practice = await a.aPractice(database, {
    owner_id: at(shared.partners, n * 2),
    identified_in_id,
    keywords: ['craft', 'training', 'design'],
    sectors: ['crafts', 'textiles'],
    target_groups: ['artisans', 'students'],
    funding_sources: ['a programme', 'a region'],
  });
  const good_practice_id = practice.id;
  for (const k of [n, n + 1]) {
    await a.link(database, 'good_practice_region', { good_practice_id, region_id: at(shared.regions, k) });
    await a.link(database, 'good_practice_place', { good_practice_id, place_id: at(shared.places, k) });
    await a.link(database, 'good_practice_theme', { good_practice_id, theme_id: at(shared.themes, k) });
    await a.aMeasurement(database, { practice_id: practice.id, indicator_id: at(shared.indicators, k) });
  }
  return practice;
}

async function fillTransfer(database: Database, n: number, project_id: string, practices: string[], shared: Shared) {
  const { regions, places, partners, instruments, indicators } = shared;
  const { id: transfer_id } = await a.aTransfer(database, {
    destination_id: at(regions, n + 1),
    receiver_id: at(partners, n + 1),
    project_id,
    policy_instrument_id: at(instruments, n),
    mechanisms: ['WORKSHOP', 'DOCUMENT'],
  });
  await a.link(database, 'transfer_origin', { transfer_id, region_id: at(regions, n) });
  await a.link(database, 'transfer_origin_place', { transfer_id, place_id: at(places, n) });
  for (const [k, practice_id] of practices.entries()) {
    await a.link(database, 'transfer_practice', { transfer_id, practice_id });
    await a.anOutcome(database, { transfer_id, indicator_id: at(indicators, n + k) });
  }
  return transfer_id;
}

async function fillEvent(database: Database, n: number, project_id: string, practices: string[], shared: Shared) {
  const { regions, partners, themes } = shared;
  const { id: event_id } = await a.anEvent(database, {
    project_id,
    owner_id: at(partners, n),
    region_id: at(regions, n),
    types: ['SEMINAR', 'STUDY_VISIT'],
    ...Object.fromEntries(['objectives', 'agenda', 'decisions', 'follow_ups'].map((name) => [name, ['One', 'Two']])),
  });
  for (const [k, practice_id] of practices.entries()) {
    const { id: session_id } = await a.aSession(database, { event_id, types: ['PRESENTATION'] });
    await a.link(database, 'session_practice', { session_id, practice_id });
    for (const session of [null, session_id]) await a.anEventRole(database, { event_id, session_id: session });
    await a.anEventRole(database, { event_id, partner_id: at(partners, n + k), label: null });
    await a.link(database, 'event_theme', { event_id, theme_id: at(themes, n + k) });
    await a.link(database, 'event_country', { event_id, region_id: at(regions, n + k) });
  }
}

async function fillWork(database: Database, n: number, project_id: string, transfer_id: string, shared: Shared) {
  const partner = at(shared.partners, n);
  const { id: output_id } = await a.anOutput(database, {
    project_id,
    responsible_id: partner,
    languages: ['en', 'it'],
  });
  const columns = { project_id, proposed_by_id: partner, status: 'PROPOSED' };
  const { id: action_plan_id } = await a.anActionPlan(database, columns);
  await a.aTask(database, { project_id, assignee_id: partner, status: 'OPEN' });
  for (const k of [0, 1]) {
    await a.anOutputUpdate(database, { output_id, reported_on: `202${k}-05-01` });
    await a.anAction(database, { action_plan_id, transfer_id });
    await a.link(database, 'action_plan_endorsement', { action_plan_id, partner_id: at(shared.partners, n + k) });
  }
}

/** Two sources and a claim for every record, and a change after its first version. */
async function addProvenance(database: Database, sources: string[]): Promise<void> {
  for (const [type, { prefix, table }] of Object.entries(records)) {
    await execute(database, `update ${table} set source_note = 'Checked.'`);
    if (type === 'Source' || type === 'Claim') continue;
    await execute(
      database,
      `insert into record_source (record_id, source_id, position)
       select r.id, ($1::text[])[1 + ((hashtext(r.id) & 1023) + n) % $2], n from ${table} r, generate_series(0, 1) n`,
      [sources, sources.length],
    );
    // A claim's id is its record's with another prefix.
    await execute(
      database,
      `insert into claim (id, record_id, field, value, source_id)
       select 'clm' || substr(id, ${prefix.length + 1}), id, 'title', 'Something else', $1 from ${table}`,
      [sources[0]],
    );
  } // Each link above was a change of its own; those who save a record write one.
  await execute(
    database,
    `delete from revision r where kind = 'UPDATED' and exists
       (select from revision later where later.record_id = r.record_id and later.id > r.id)`,
  );
}

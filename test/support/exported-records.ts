import type { TestDatabase } from './database.js';
import { execute } from './database.js';
import * as a from './factories.js';
import { createToken } from '../../src/subgraphs/directory/token.service.js';

/** A text with whatever a format may stumble over. */
export const awkward = 'Größe\t"1\\2"\n\u2028 and 𝄞, \\N and \u0001';

/** Adds to a seeded database one of each thing that is hidden, or hard to write down. Returns their ids. */
export async function addAwkward(database: TestDatabase) {
  const run = (text: string, parameters?: unknown[]) => execute(database, text, parameters);
  const hiddenRegion = await a.aRegion(database, 'XA', a.draft);
  const partner = await a.aPartner(database, { slug: 'awkward-partner', name_original: awkward });
  const person = await a.aPartner(database, { slug: 'jane-doe', name_original: 'Jane Doe', is_natural_person: true });
  await run(`insert into import_match values ($1, $1)`, [partner.id]);
  const hiddenPartner = await a.aPartner(database, { slug: 'hidden-partner', ...a.withdrawn });
  const practice = await a.aPractice(database, {
    slug: 'awkward-practice',
    title: awkward,
    owner_id: hiddenPartner.id,
    keywords: [awkward, '', 'NULL', '{}'],
    links: JSON.stringify([{ url: 'https://example.org/?a=1&b="2"', title: null }]),
    cost_amount: '1000.00',
    cost_currency: 'EUR',
  });
  await run(`update good_practice set cost_amount = 1200.50 where id = $1`, [practice.id]);
  await run(`update good_practice set owner_id = null where id = $1`, [practice.id]);
  await run(`update good_practice set owner_id = $2 where id = $1`, [practice.id, hiddenPartner.id]);
  const hiddenPractice = await a.aPractice(database, { slug: 'hidden-practice', ...a.draft });
  await a.link(database, 'good_practice_inspiration', { practice_id: practice.id, inspired_by_id: hiddenPractice.id });
  await run(
    `insert into translation values ($1, 'title', 'it', $2, 'HUMAN'), ($3, 'title', 'it', 'Nascosta', 'MACHINE')`,
    [practice.id, awkward, hiddenPractice.id],
  );
  await run(
    `insert into good_practice_step (practice_id, position, from_status, to_status, note) values ($1, 0, 'DRAFT', 'SUBMITTED', 'Only for reviewers.')`,
    [practice.id],
  );
  await run(`insert into partner_contact (partner_id, position, role) values ($1, 0, 'press')`, [partner.id]);
  await run(`insert into partner_contact_email values ($1, 0, 'press@hidden.example.org')`, [partner.id]);

  // What is public, but cannot be without what is not.
  const transfer = await a.aTransfer(database, { slug: 'to-nowhere', destination_id: hiddenRegion.id });
  const programme = await a.aProgramme(database, a.draft);
  const project = await a.aProject(database, { slug: 'of-a-draft', programme_id: programme.id });
  const source = await a.aSource(database);
  const claim = await a.aClaim(database, { record_id: project.id, source_id: source.id });
  await run(`update project set title = 'Renamed' where id = $1`, [project.id]);
  await run(`update good_practice set identified_in_id = $2 where id = $1`, [practice.id, project.id]);
  const broader = await a.aTheme(database, { slug: 'hidden-theme', ...a.draft });
  const theme = await a.aTheme(database, { slug: 'below-a-draft', broader_id: broader.id });

  // Its id comes before that of the theme above it.
  const narrower = await a.aTheme(database, { slug: 'narrower' });
  const above = await a.aTheme(database, { slug: 'above' });
  await run(`update theme set broader_id = $2 where id = $1`, [narrower.id, above.id]);

  const gone = await a.anIndicator(database, { slug: 'deleted-indicator' });
  await run(`delete from indicator where id = $1`, [gone.id]);
  const { token } = await createToken(database.em(), {
    role: 'ADMIN',
    partner: undefined,
    label: 'backups',
    expiresAt: new Date(Date.now() + 60_000),
  });
  await run(
    `update revision set account_id = (select id from account), note = 'Only for the office.' where record_id = $1`,
    [practice.id],
  );
  return {
    hiddenRegion,
    partner,
    person,
    hiddenPartner,
    practice,
    hiddenPractice,
    transfer,
    project,
    claim,
    theme,
    broader,
    gone,
    token: String(token),
  };
}

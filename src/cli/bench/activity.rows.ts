import { claimableFields } from '../../subgraphs/provenance/claim.fields.js';
import { projectDates } from './directory.rows.js';
import { phraseBook } from './phrase-book.js';
import { randomOf } from './random.js';
import { daysLater, today, type Add, type World } from './world.js';

const { en } = phraseBook;

const past = (date: string) => (date < today ? date : today);

/** The first day of an event of a project. */
const eventDay = (index: number, project: number) =>
  past(daysLater(projectDates(project).start, randomOf('Event day', index).whole(10, 900)));
const projectOfEvent = (world: World, index: number) =>
  randomOf('Event project', index).skewed(world.counts.Project, 0.4);

export function eventRows(world: World, index: number, add: Add): void {
  const { counts, geography } = world;
  const random = randomOf('Event', index);
  const id = world.id('Event', index);
  const project = projectOfEvent(world, index);
  const host = random.skewed(counts.Partner, 0.6);
  const { region } = world.partner(host);
  const first = eventDay(index, project);
  const days = random.whole(1, 3);
  const last = daysLater(first, days - 1);
  const title = `${random.pick(['Seminar', 'Study visit', 'Project meeting', 'Conference'])}: ${random.pick(en.things)}`;
  add('event', {
    ...world.record('Event', index, 'en'),
    slug: world.slug('Event', index, title),
    title: `${title}, ${region.name}`,
    types: random.several(random.whole(1, 2), () =>
      random.pick(['TRAINING_SEMINAR', 'SEMINAR', 'STUDY_VISIT', 'COORDINATION_MEETING', 'CONFERENCE']),
    ),
    start_date: first,
    start_date_precision: 'DAY',
    end_date: last,
    end_date_precision: 'DAY',
    mode: random.pick(['IN_PERSON', 'IN_PERSON', 'ONLINE', 'HYBRID']),
    region_id: region.id,
    project_id: world.id('Project', project),
    description: `${random.pick(en.sentences)} ${random.pick(en.sentences)}`,
    agenda: random.several(3, () => random.pick(en.things)),
  });
  for (const theme of random.several(1, () => random.skewed(counts.Theme, 0.6)))
    add('event_theme', { event_id: id, theme_id: world.id('Theme', theme), position: 0 });
  const countries = random.several(random.whole(1, 5), () => geography.draw(random).country);
  for (const [position, code] of countries.entries())
    add('event_country', { event_id: id, region_id: geography.country(code).id, position });
  for (let position = 0; position < days; position += 1)
    sessionRows(world, index, position, daysLater(first, position), add);
  const role = { ...noRole, event_id: id };
  const label = random.pick(['international experts', 'designers', 'city officials']);
  add('event_role', {
    ...world.record('EventRole', index, 'en', days),
    ...role,
    role: 'HOST',
    partner_id: world.id('Partner', host),
  });
  add('event_role', {
    ...world.record('EventRole', index, 'en', days + 1),
    ...role,
    role: 'EXPERT',
    label,
    position: 1,
  });
}

/** Rows of one table have the same columns. */
const noRole = { session_id: null, partner_id: null, label: null, position: 0 };

/** A session of an event, its practices, and who spoke in it. */
function sessionRows(world: World, index: number, position: number, day: string, add: Add): void {
  const { counts } = world;
  const random = randomOf('Session', index * 8 + position);
  const [event_id, session_id] = [world.id('Event', index), world.id('Session', index, position)];
  add('session', {
    ...world.record('Session', index, 'en', position),
    event_id,
    day,
    position,
    types: [random.pick(['WORKSHOP', 'ROUND_TABLE', 'PRESENTATION', 'STUDY_VISIT'])],
    subject: `${random.pick(en.things)} ${random.pick(en.audiences)}`,
  });
  const practices = random.several(random.whole(0, 2), () => random.skewed(counts.GoodPractice, 0.5));
  for (const [order, practice] of practices.entries())
    add('session_practice', { session_id, practice_id: world.id('GoodPractice', practice), position: order });
  add('event_role', {
    ...world.record('EventRole', index, 'en', position),
    ...noRole,
    event_id,
    role: 'SPEAKER',
    partner_id: world.id('Partner', random.skewed(counts.Partner, 0.6)),
    session_id,
  });
}

export function outputRows(world: World, index: number, add: Add): void {
  const random = randomOf('Output', index);
  const id = world.id('Output', index);
  const project = random.skewed(world.counts.Project, 0.4);
  const type = random.pick(['TOOLKIT', 'TRAINING_PLATFORM', 'GUIDE', 'PUBLICATION', 'NEWSLETTER']);
  const title = `${type[0]}${type.slice(1).toLowerCase().replace('_', ' ')}: ${random.pick(en.things)}`;
  const { start } = projectDates(project);
  add('output', {
    ...world.record('Output', index, 'en'),
    slug: world.slug('Output', index, title),
    title,
    type,
    is_main_result: random.chance(0.2),
    responsible_id: world.id('Partner', random.skewed(world.counts.Partner, 0.6)),
    project_id: world.id('Project', project),
    description: random.pick(en.sentences),
    languages: ['en'],
  });
  const statuses = ['PLANNED', 'IN_DEVELOPMENT', 'FIRST_VERSION', 'COMPLETED'].slice(0, random.whole(0, 4));
  for (const [position, status] of statuses.entries())
    add('output_update', {
      ...world.record('OutputUpdate', index, 'en', position),
      output_id: id,
      reported_on: past(daysLater(start, 60 + position * random.whole(90, 200))),
      status,
    });
  if (index > 0 && random.chance(0.1))
    add('output_use', { output_id: id, used_id: world.id('Output', random.whole(0, index - 1)), position: 0 });
}

export function taskRows(world: World, index: number, add: Add): void {
  const random = randomOf('Task', index);
  const title = `${random.pick(['Report on', 'Prepare', 'Translate', 'Review'])} ${random.pick(en.things).toLowerCase()}`;
  add('task', {
    ...world.record('Task', index, 'en'),
    slug: world.slug('Task', index, title),
    title,
    project_id: world.id('Project', random.skewed(world.counts.Project, 0.4)),
    assignee_id: world.id('Partner', random.skewed(world.counts.Partner, 0.6)),
    kind: random.pick(['REPORTING', 'DEVELOPMENT', 'COMMUNICATION', 'MANAGEMENT']),
    status: random.pick(['OPEN', 'IN_PROGRESS', 'DONE', 'DONE', 'CANCELLED']),
  });
}

export function actionPlanRows(world: World, index: number, add: Add): void {
  const { counts } = world;
  const random = randomOf('ActionPlan', index);
  const id = world.id('ActionPlan', index);
  const project = random.skewed(counts.Project, 0.4);
  const proposer = random.skewed(counts.Partner, 0.6);
  const title = `Action plan for ${world.partner(proposer).region.name}`;
  add('action_plan', {
    ...world.record('ActionPlan', index, 'en'),
    slug: world.slug('ActionPlan', index, title),
    title,
    project_id: world.id('Project', project),
    proposed_by_id: world.id('Partner', proposer),
    status: random.pick(['PROPOSED', 'SUPPORTED', 'APPROVED', 'IN_IMPLEMENTATION', 'COMPLETED']),
    status_on: past(projectDates(project).end),
  });
  for (const [position, partner] of random.several(3, () => random.skewed(counts.Partner, 0.6)).entries())
    add('action_plan_endorsement', { action_plan_id: id, partner_id: world.id('Partner', partner), position });
  const actions = random.whole(1, 4);
  for (let position = 0; position < actions; position += 1)
    add('action', {
      ...world.record('Action', index, 'en', position),
      action_plan_id: id,
      title: `${random.pick(en.things)} ${random.pick(en.audiences)}`,
      position,
      transfer_id: random.chance(0.5) ? world.id('Transfer', random.whole(0, counts.Transfer - 1)) : null,
    });
}

const contested = claimableFields('GoodPractice').filter((field) => ['title', 'startDate', 'endDate'].includes(field));

/** What another source says of a practice. */
export function claimRows(world: World, index: number, add: Add): void {
  const { counts } = world;
  const random = randomOf('Claim', index);
  const practice = random.skewed(counts.GoodPractice, 0.3);
  const field = random.pick(contested);
  add('claim', {
    ...world.record('Claim', index, 'en'),
    record_id: world.id('GoodPractice', practice),
    field,
    value:
      field === 'title' ? `${random.pick(en.things)} ${random.pick(en.audiences)}` : String(random.whole(2005, 2024)),
    source_id: world.id('Source', random.whole(0, counts.Source - 1)),
    is_selected: false,
  });
}

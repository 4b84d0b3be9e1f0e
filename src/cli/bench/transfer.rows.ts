import type { TransferStatus } from '../../subgraphs/transfers/transfer.fields.js';
import { possibleAfter } from '../../subgraphs/transfers/transfer-status.fields.js';
import type { Region } from './geography.js';
import { phraseBook } from './phrase-book.js';
import { sourceUrl } from './directory.rows.js';
import { figure, titleOf } from './practice.rows.js';
import { randomOf, type Random } from './random.js';
import { daysLater, today, type Add, type Row, type World } from './world.js';

export function policyInstrumentRows(world: World, index: number, add: Add): void {
  const random = randomOf('PolicyInstrument', index);
  const partner = random.skewed(world.counts.Partner, 0.5);
  const { region, language } = world.partner(partner);
  add('policy_instrument', {
    ...world.record('PolicyInstrument', index, language),
    slug: world.slug('PolicyInstrument', index, `operational-programme-${region.name}`),
    name: `${phraseBook[language].things[8]} ${region.name}, 2021-2027`,
    programme_text: `Operational programme ${region.name}`,
    region_id: region.id,
    responsible_id: world.id('Partner', partner),
  });
}

interface Step {
  status: TransferStatus;
  on: string;
}

const aside: readonly TransferStatus[] = ['ON_HOLD', 'ABANDONED', 'NOT_FEASIBLE'];

/** A walk along the course that transfers take: most go on, few are put aside, and each step takes months. */
function historyOf(random: Random, start: string): [Step, ...Step[]] {
  const history: [Step, ...Step[]] = [{ status: 'INTEREST', on: start < today ? start : today }];
  const length = random.whole(1, 6);
  while (history.length < length) {
    const possible = possibleAfter(history.map(({ status }) => status));
    const onward = possible.filter((status) => !aside.includes(status));
    const status = random.pick(onward.length > 0 && random.chance(0.9) ? onward : possible);
    const on = daysLater((history.at(-1) as Step).on, random.whole(30, 300));
    if (status === undefined || on > today) break;
    history.push({ status, on });
  }
  return history;
}

/** What the history says of the transfer itself. */
function courseColumns(history: readonly Step[]): Row {
  const { status, on } = history.at(-1) as Step;
  const begun = history.find((step) => step.status === 'IN_PROGRESS')?.on ?? null;
  const end = history.find((step) => step.status === 'IMPLEMENTED')?.on ?? null;
  return {
    status,
    reported_on: on,
    start_date: begun,
    start_date_precision: begun === null ? null : 'DAY',
    end_date: end,
    end_date_precision: end === null ? null : 'DAY',
  };
}

const to = ({ id, code }: Region): Row => ({ destination_id: id, destination_code: code });

export function transferRows(world: World, index: number, add: Add): void {
  const { counts, geography } = world;
  const random = randomOf('Transfer', index);
  const practices = random.several(random.chance(0.1) ? 2 : 1, () => random.skewed(counts.GoodPractice, 0.6));
  const practice = world.practice(practices[0] as number);
  const receiver = random.skewed(counts.Partner, 0.6);
  const { region, language } = world.partner(receiver);
  const history = historyOf(random, daysLater(`${practice.year + 1}-01-01`, random.whole(0, 1_400)));
  const source = index % counts.Source;
  const isFunded = history.some(({ status }) => status === 'IN_PROGRESS');
  const byPolicy = history.at(-1)?.status === 'MAINSTREAMED' || random.chance(0.1);
  add('transfer', {
    ...world.record('Transfer', index, language),
    slug: world.slug('Transfer', index, titleOf(practice, 'en')),
    title: titleOf({ ...practice, region }, language),
    owner_id: world.id('Partner', receiver),
    kind: random.pick(['ADOPTION', 'ADAPTATION', 'ADAPTATION', 'PARTIAL', 'INSPIRATION', 'POLICY_CHANGE', 'SCALING']),
    mechanisms: random.several(random.whole(1, 2), () =>
      random.pick(['STUDY_VISIT', 'STUDY_VISIT', 'WORKSHOP', 'STAFF_EXCHANGE', 'PEER_REVIEW', 'MENTORING', 'DOCUMENT']),
    ),
    ...courseColumns(history),
    adaptation: random.chance(0.5) ? random.pick(phraseBook[language].sentences) : null,
    lessons: isFunded ? random.pick(phraseBook[language].sentences) : null,
    funding_amount: isFunded ? random.whole(1, 60) * 2_500 : null,
    funding_currency: isFunded ? 'EUR' : null,
    ...to(geography.widened(random, region)),
    receiver_id: world.id('Partner', receiver),
    project_id: random.chance(0.6) ? world.id('Project', random.skewed(counts.Project, 0.5)) : null,
    policy_instrument_id: byPolicy ? world.id('PolicyInstrument', random.skewed(counts.PolicyInstrument, 0.5)) : null,
    source_url: sourceUrl(source),
  });
  const id = world.id('Transfer', index);
  add('record_source', { record_id: id, source_id: world.id('Source', source), position: 0 });
  for (const [position, each] of practices.entries())
    add('transfer_practice', { transfer_id: id, practice_id: world.id('GoodPractice', each), position });
  add('transfer_origin', { transfer_id: id, region_id: practice.region.id, position: 0 });
  historyRows(id, history, sourceUrl(source), add);
  outcomeRows(world, index, history, add);
}

function historyRows(transfer_id: string, history: readonly Step[], source: string, add: Add): void {
  for (const [position, { status, on }] of history.entries()) {
    const hasSource = status === 'IMPLEMENTED' || position === history.length - 1;
    add('transfer_status', {
      transfer_id,
      position,
      status,
      changed_on: on,
      changed_on_precision: 'DAY',
      source_url: hasSource ? source : null,
    });
  }
}

/** Results are measured once a practice is at work, and seldom before. */
function outcomeRows(world: World, index: number, history: readonly Step[], add: Add): void {
  const random = randomOf('Outcome', index);
  const isAtWork = history.some(({ status }) => status === 'IMPLEMENTED');
  const count = isAtWork ? random.whole(1, 3) : random.whole(0, 1);
  const year = history.at(-1)?.on.slice(0, 4);
  for (let position = 0; position < count; position += 1)
    add('outcome', {
      ...world.record('Outcome', index, 'en', position),
      transfer_id: world.id('Transfer', index),
      ...figure(world, random, position, `${year}-01-01`),
    });
}

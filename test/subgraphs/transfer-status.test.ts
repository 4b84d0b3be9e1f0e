import { LockMode } from '@mikro-orm/postgresql';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { TransferStatus } from '../../src/subgraphs/transfers/transfer.fields.js';
import { possibleAfter, refusalsOf } from '../../src/subgraphs/transfers/transfer-status.fields.js';
import { statusChange } from '../../src/subgraphs/transfers/status-change.inputs.js';
import { optional, text, url } from '../../src/subgraphs/record.inputs.js';
import { Transfer } from '../../src/subgraphs/transfers/transfer.entity.js';
import { changeTransferStatus } from '../../src/subgraphs/transfers/status-change.service.js';
import { aDatabase, execute } from '../support/database.js';
import { aPolicyInstrument, aRegion, aTransfer } from '../support/factories.js';

const all = Object.keys(TransferStatus) as TransferStatus[];

/** A row a status, a column a status in the order of the enum: whether it may follow. Of ON_HOLD nothing is known before. */
const course: Record<TransferStatus, string> = {
  //             INT ASS PLA PRO IMP MAI HOL ABA NOT
  INTEREST: '    .   x   .   .   .   .   x   x   x',
  ASSESSED: '    .   .   x   .   .   .   x   x   x',
  PLANNED: '     .   .   .   x   .   .   x   x   x',
  IN_PROGRESS: ' .   .   .   .   x   .   x   x   .',
  IMPLEMENTED: ' .   .   .   .   .   x   x   x   .',
  MAINSTREAMED: '.   .   .   .   .   .   .   .   .',
  ON_HOLD: '     x   x   x   x   .   .   .   x   x',
  ABANDONED: '   .   .   .   .   .   .   .   .   .',
  NOT_FEASIBLE: '.   .   .   .   .   .   .   .   .',
};
const pairs = all.flatMap((from) =>
  course[from]
    .trim()
    .split(/\s+/)
    .map((mark, index): [TransferStatus, TransferStatus, boolean] => [
      from,
      all[index] as TransferStatus,
      mark === 'x',
    ]),
);
const everything = { hasDate: true, hasSource: true, hasPolicyInstrument: true, fundingIsLasting: true };

test('the table holds every pair of statuses', () => {
  expect(pairs).toHaveLength(81);
});

test.each(pairs)('from %s to %s: %s', (from, to, allowed) => {
  const refusals = refusalsOf({ history: [from], to, ...everything });
  expect(refusals.map(({ code }) => code)).toEqual(allowed ? [] : ['IMPOSSIBLE']);
});

test.each([
  ['INTEREST', ['INTEREST', 'ABANDONED', 'NOT_FEASIBLE']],
  ['ASSESSED', ['ASSESSED', 'ABANDONED', 'NOT_FEASIBLE']],
  ['PLANNED', ['PLANNED', 'ABANDONED', 'NOT_FEASIBLE']],
  ['IN_PROGRESS', ['IN_PROGRESS', 'ABANDONED']],
  ['IMPLEMENTED', ['IMPLEMENTED', 'ABANDONED']],
] as const)('what rests since %s goes back there, or aside for good', (held, possible) => {
  expect(possibleAfter([held, 'ON_HOLD'])).toEqual(possible);
});

const database = await aDatabase();
const page = 'https://example.org/page';
let id: string;
let regions = 0;

/** A transfer at version 2: its history came after it. */
beforeEach(async () => {
  regions += 1;
  const region = await aRegion(database, `X${regions}`, { iso_country_code: 'XX' });
  ({ id } = await aTransfer(database, { destination_id: region.id }));
  await execute(
    database,
    `insert into transfer_status (transfer_id, position, status, changed_on, changed_on_precision) values ($1, 0, 'INTEREST', '2020-05-01', 'MONTH')`,
    [id],
  );
});

const changeInput = z.object({ ...statusChange, note: optional(text), source: optional(url) });
/** As mutations move it: the transfer is held while its step is judged. What it is then, or what was wrong. */
const change = ({ to, ...input }: { to: TransferStatus; [more: string]: unknown }) =>
  database.em().transactional(async (em) => {
    const transfer = await em.findOneOrFail(Transfer, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const errors = await changeTransferStatus(em, transfer, to, changeInput.parse(input));
    if (errors.length > 0) return errors;
    await em.refresh(transfer);
    return transfer;
  });
/** Puts the transfer where a test begins, as if it had always been there; two versions on. */
const beAt = async (status: TransferStatus) => {
  await execute(database, 'update transfer set status = $2 where id = $1', [id, status]);
  await execute(database, 'update transfer_status set status = $2 where transfer_id = $1', [id, status]);
};
const stored = async () => ({
  transfer: await execute(database, 'select status, version, policy_instrument_id from transfer where id = $1', [id]),
  history: await execute(
    database,
    `select position, status, changed_on::text as "on", changed_on_precision as precision, note, source_url
     from transfer_status where transfer_id = $1 order by position`,
    [id],
  ),
});

test('a change moves the transfer on and writes the history, as one change of the record', async () => {
  const answer = await change({ to: 'ASSESSED', on: '2021', note: 'By a workshop.', source: page });
  expect(answer).toMatchObject({
    id,
    status: 'ASSESSED',
    version: 3,
    reportedOn: new Date().toISOString().slice(0, 10),
  });
  expect(await stored()).toEqual({
    transfer: [{ status: 'ASSESSED', version: 3, policy_instrument_id: null }],
    history: [
      { position: 0, status: 'INTEREST', on: '2020-05-01', precision: 'MONTH', note: null, source_url: null },
      {
        position: 1,
        status: 'ASSESSED',
        on: '2021-01-01',
        precision: 'YEAR',
        note: 'By a workshop.',
        source_url: page,
      },
    ],
  });
});

test('work that rests goes back to where it was, and not elsewhere', async () => {
  await change({ to: 'ASSESSED' });
  await change({ to: 'ON_HOLD' });
  expect(await change({ to: 'PLANNED' })).toEqual([
    {
      field: ['status'],
      code: 'IMPOSSIBLE',
      message: 'PLANNED cannot follow ON_HOLD. Possible from here: ASSESSED, ABANDONED, NOT_FEASIBLE.',
    },
  ]);
  expect(await change({ to: 'ASSESSED' })).toMatchObject({ status: 'ASSESSED' });
});

test('what is mainstreamed by a policy instrument names it', async () => {
  await beAt('IMPLEMENTED');
  const instrument = await aPolicyInstrument(database, { slug: 'the-fund' });
  expect(await change({ to: 'MAINSTREAMED', policyInstrument: 'the-fund' })).toMatchObject({ status: 'MAINSTREAMED' });
  expect((await stored()).transfer).toEqual([
    { status: 'MAINSTREAMED', version: 5, policy_instrument_id: instrument.id },
  ]);
});

test('lasting funding mainstreams as well', async () => {
  await beAt('IMPLEMENTED');
  expect(await change({ to: 'MAINSTREAMED', fundingIsLasting: true })).toMatchObject({ fundingIsLasting: true });
});

describe('refused, with nothing written:', () => {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const refused: [
    what: string,
    at: TransferStatus,
    input: { to: TransferStatus; [more: string]: unknown },
    error: object,
  ][] = [
    [
      'a leap',
      'INTEREST',
      { to: 'IMPLEMENTED', on: '2021', source: page },
      {
        field: ['status'],
        code: 'IMPOSSIBLE',
        message: 'IMPLEMENTED cannot follow INTEREST. Possible from here: ASSESSED, ON_HOLD, ABANDONED, NOT_FEASIBLE.',
      },
    ],
    [
      'a way out of an end',
      'ABANDONED',
      { to: 'INTEREST' },
      { field: ['status'], code: 'IMPOSSIBLE', message: 'INTEREST cannot follow ABANDONED. Nothing follows it.' },
    ],
    [
      'IMPLEMENTED without a date',
      'IN_PROGRESS',
      { to: 'IMPLEMENTED', source: page },
      {
        field: ['on'],
        code: 'REQUIRED',
        message: 'It is missing. IMPLEMENTED needs the date from which the practice is at work.',
      },
    ],
    [
      'IMPLEMENTED without a source',
      'IN_PROGRESS',
      { to: 'IMPLEMENTED', on: '2021' },
      {
        field: ['source'],
        code: 'REQUIRED',
        message: 'It is missing. IMPLEMENTED needs a page that shows the practice at work.',
      },
    ],
    [
      'MAINSTREAMED by nothing',
      'IMPLEMENTED',
      { to: 'MAINSTREAMED', on: '2021', source: page, fundingIsLasting: false },
      {
        field: ['policyInstrument'],
        code: 'REQUIRED',
        message:
          'It is missing. MAINSTREAMED needs the policy instrument that carries it, or funding that is said to last.',
      },
    ],
    [
      'a policy instrument that is not there',
      'INTEREST',
      { to: 'ASSESSED', policyInstrument: 'no-fund' },
      {
        field: ['policyInstrument'],
        code: 'NOT_FOUND',
        message: "No policy instrument has the slug 'no-fund'. Add it first, or correct the slug.",
      },
    ],
    [
      'a date before the status before it',
      'INTEREST',
      { to: 'ASSESSED', on: '2020-04' },
      {
        field: ['on'],
        code: 'INVALID',
        message: 'It lies before INTEREST of 2020-05-01. A status follows the one before it.',
      },
    ],
    [
      'a date to come',
      'INTEREST',
      { to: 'ASSESSED', on: tomorrow },
      { field: ['on'], code: 'INVALID', message: 'It lies in the future. Say it when it has happened.' },
    ],
  ];

  test.each(refused)('%s', async (_, at, input, error) => {
    if (at !== 'INTEREST') await beAt(at);
    const before = await stored();
    expect(await change(input)).toEqual([error]);
    expect(await stored()).toEqual(before);
  });
});

test('of two users who move it on at once, one is refused', async () => {
  const answers = await Promise.all([change({ to: 'ASSESSED' }), change({ to: 'ASSESSED' })]);
  expect(answers.filter(Array.isArray)).toMatchObject([[{ code: 'IMPOSSIBLE' }]]);
  expect((await stored()).history).toHaveLength(2);
});

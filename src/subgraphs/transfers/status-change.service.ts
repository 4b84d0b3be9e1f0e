import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { UserError } from '../../graph/errors.js';
import type { DatePrecision } from '../record.fields.js';
import type { PartialDate } from '../record.inputs.js';
import { PolicyInstrument } from './policy-instrument.entity.js';
import { isAfter, type EarlierStatus, type StatusChangeInput } from './status-change.inputs.js';
import { Transfer } from './transfer.entity.js';
import type { TransferStatus } from './transfer.fields.js';
import { refusalsOf } from './transfer-status.fields.js';

interface Told {
  id: string;
  status: TransferStatus;
  reportedOn: string | null;
  statusNote: string | null;
  earlier: EarlierStatus[];
}

/** Makes the history of these stored transfers what they tell; leaves alone what is so already. */
export async function saveHistories(em: EntityManager, transfers: Told[]): Promise<void> {
  const wanted = transfers.flatMap(({ id, status, reportedOn, statusNote, earlier }) => {
    const on = reportedOn === null ? null : { date: reportedOn, precision: 'DAY' };
    const last = { status, on, note: statusNote, source: null };
    return [...earlier, last].map((row, position) => ({
      id,
      position,
      status: row.status,
      on: row.on?.date ?? null,
      precision: row.on?.precision ?? null,
      note: row.note,
      source: row.source,
      is_last: position === earlier.length,
    }));
  });
  await sql`
    with wanted as (
      select w.*, case when w.is_last then t.source_url else w.source end as url
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (
        id text, position smallint, status text, "on" date, precision text, note text, source text, is_last boolean)
      join transfer t on t.id = w.id),
    gone as (
      delete from transfer_status s where s.transfer_id = any(${transfers.map(({ id }) => id)}::text[])
        and not exists (select from wanted w where w.id = s.transfer_id and w.position = s.position))
    insert into transfer_status as s (transfer_id, position, status, changed_on, changed_on_precision, note, source_url)
    select id, position, status, "on", precision, note, url from wanted
    on conflict (transfer_id, position) do update set status = excluded.status, changed_on = excluded.changed_on,
      changed_on_precision = excluded.changed_on_precision, note = excluded.note, source_url = excluded.source_url
    where (s.status, s.changed_on, s.changed_on_precision, s.note, s.source_url) is distinct from
      (excluded.status, excluded.changed_on, excluded.changed_on_precision, excluded.note, excluded.source_url)`.execute(
    em.getKysely<unknown>(),
  );
}

interface HistoryRow {
  status: TransferStatus;
  date: string | null;
  precision: DatePrecision | null;
}

async function historyOf(em: EntityManager, id: string): Promise<HistoryRow[]> {
  const { rows } = await sql<HistoryRow>`select status, changed_on::text as "date", changed_on_precision as "precision"
    from transfer_status where transfer_id = ${id} order by position`.execute(em.getKysely<unknown>());
  return rows;
}

/**
 * Moves a transfer on to another status and writes it into its history, in one transaction; the transfer as it is then.
 * Refused, with nothing written, where its course, its dates or its version do not allow it.
 */
export function changeTransferStatus(em: EntityManager, input: StatusChangeInput): Promise<Transfer | UserError[]> {
  return em.transactional(async (tx) => {
    const transfer = await tx.findOne(Transfer, { id: input.transferId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!transfer) return [{ field: ['transferId'], code: 'NOT_FOUND', message: 'No transfer has this id.' }];
    const instrument =
      input.policyInstrument === null ? null : await tx.findOne(PolicyInstrument, { slug: input.policyInstrument });
    const history = await historyOf(tx, transfer.id);
    const errors = [...staleness(transfer, input), ...refusals(transfer, instrument, history, input)];
    if (errors.length > 0) return errors;
    if (instrument) tx.assign(transfer, { policyInstrument: instrument });
    if (input.fundingIsLasting !== null) transfer.fundingIsLasting = input.fundingIsLasting;
    transfer.status = input.to;
    // The user reports it today, whenever it came about.
    transfer.reportedOn = new Date().toISOString().slice(0, 10);
    await tx.flush();
    await sql`insert into transfer_status (transfer_id, position, status, changed_on, changed_on_precision, note, source_url)
      select ${transfer.id}, coalesce(max(position) + 1, 0), ${input.to}, ${input.on?.date ?? null}::date,
        ${input.on?.precision ?? null}, ${input.note}, ${input.source}
      from transfer_status where transfer_id = ${transfer.id}`.execute(tx.getKysely<unknown>());
    await tx.refresh(transfer);
    return transfer;
  });
}

function staleness(transfer: Transfer, { expectedVersion }: StatusChangeInput): UserError[] {
  if (expectedVersion === null || expectedVersion === transfer.version) return [];
  const message = `The transfer has changed since: it is at version ${transfer.version}. Read it again, then decide.`;
  return [{ field: ['expectedVersion'], code: 'STALE', message }];
}

function refusals(
  transfer: Transfer,
  instrument: PolicyInstrument | null,
  history: HistoryRow[],
  input: StatusChangeInput,
): UserError[] {
  const fields = { status: 'to', date: 'on', source: 'source', policyInstrument: 'policyInstrument' };
  const errors: UserError[] = refusalsOf({
    history: history.length > 0 ? history.map(({ status }) => status) : [transfer.status],
    to: input.to,
    hasDate: input.on !== null,
    hasSource: input.source !== null,
    hasPolicyInstrument: instrument !== null || transfer.policyInstrument != null,
    fundingIsLasting: input.fundingIsLasting ?? transfer.fundingIsLasting ?? false,
  }).map(({ about, code, message }) => ({ field: [fields[about]], code, message }));
  if (input.policyInstrument !== null && instrument === null) {
    const message = `No policy instrument has the slug '${input.policyInstrument}'. Add it first, or correct the slug.`;
    errors.push({ field: ['policyInstrument'], code: 'NOT_FOUND', message });
  }
  const before = history.findLast(({ date }) => date !== null);
  if (input.on !== null && before && isAfter(before as PartialDate, input.on)) {
    const message = `It lies before ${before.status} of ${before.date}. A status follows the one before it.`;
    errors.push({ field: ['on'], code: 'INVALID_DATE', message });
  }
  if (input.on !== null && input.on.date > new Date().toISOString().slice(0, 10))
    errors.push({
      field: ['on'],
      code: 'INVALID_DATE',
      message: 'It lies in the future. Say it when it has happened.',
    });
  return errors;
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { UserError } from '../../graph/errors.js';
import type { DatePrecision } from '../record.fields.js';
import type { PartialDate } from '../record.inputs.js';
import { PolicyInstrument } from './policy-instrument.entity.js';
import { isAfter, type EarlierStatus, type StatusChangeInput } from './status-change.inputs.js';
import type { Transfer } from './transfer.entity.js';
import type { TransferStatus } from './transfer.fields.js';
import { refusalsOf } from './transfer-status.fields.js';

interface Told {
  id: string;
  status?: TransferStatus;
  reportedOn?: string | null;
  statusNote?: string | null;
  earlier?: EarlierStatus[];
}

/** Makes the history of these stored transfers what they tell, where they tell any; leaves alone what is so already. */
export async function saveHistories(
  em: EntityManager,
  transfers: readonly Told[],
  isNew: (id: string) => boolean,
): Promise<void> {
  const wanted = transfers.flatMap(({ id, status, reportedOn, statusNote = null, earlier = [] }) => {
    if (status === undefined) return [];
    const on = reportedOn == null ? null : { date: reportedOn, precision: 'DAY' };
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
  if (wanted.length === 0) return;
  const stored = [...new Set(wanted.map(({ id }) => id))].filter((id) => !isNew(id));
  const gone = sql`, gone as (
      delete from transfer_status s where s.transfer_id = any(${stored}::text[])
        and not exists (select from wanted w where w.id = s.transfer_id and w.position = s.position))`;
  const corrected = sql`on conflict (transfer_id, position) do update set status = excluded.status,
      changed_on = excluded.changed_on, changed_on_precision = excluded.changed_on_precision, note = excluded.note,
      source_url = excluded.source_url
    where (s.status, s.changed_on, s.changed_on_precision, s.note, s.source_url) is distinct from
      (excluded.status, excluded.changed_on, excluded.changed_on_precision, excluded.note, excluded.source_url)`;
  // Who enters a transfer has no right to rewrite histories, nor need for it.
  const [clears, corrects] = stored.length === 0 ? [sql``, sql``] : [gone, corrected];
  await sql`
    with wanted as (
      select w.*, case when w.is_last then t.source_url else w.source end as url, t.version
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (
        id text, position smallint, status text, "on" date, precision text, note text, source text, is_last boolean)
      join transfer t on t.id = w.id)${clears}
    insert into transfer_status as s (
      transfer_id, position, status, changed_on, changed_on_precision, note, source_url, version)
    select id, position, status, "on", precision, note, url, case when is_last then version end from wanted
    ${corrects}`.execute(em.getKysely<unknown>());
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

/** Where a step leads: to a status, or back to the one before a rest. */
export type NextStatus = TransferStatus | 'THE_ONE_BEFORE';

/**
 * Moves a transfer that is held on to another status and writes it into its history, together or not at all. Returns what was
 * wrong; nothing when it is moved.
 */
export async function changeTransferStatus(
  em: EntityManager,
  transfer: Transfer,
  to: NextStatus,
  input: StatusChangeInput,
): Promise<UserError[]> {
  const { policyInstrument: key } = input;
  const named = key?.includes('_') === true ? { id: key } : { slug: key as string };
  const instrument = key === null ? null : await em.findOne(PolicyInstrument, named);
  const history = await historyOf(em, transfer.id);
  const before = history.findLast(({ status }) => status !== 'ON_HOLD')?.status ?? transfer.status;
  const status = to === 'THE_ONE_BEFORE' ? before : to;
  const errors = refusals(transfer, instrument, history, { ...input, to: status });
  if (errors.length > 0) return errors;
  if (instrument) em.assign(transfer, { policyInstrument: instrument });
  if (input.fundingIsLasting !== null) transfer.fundingIsLasting = input.fundingIsLasting;
  transfer.status = status;
  // The user reports it today, whenever it came about.
  transfer.reportedOn = new Date().toISOString().slice(0, 10);
  await em.flush();
  await sql`insert into transfer_status (
      transfer_id, position, status, changed_on, changed_on_precision, note, source_url, version)
    select t.id, (select coalesce(max(position) + 1, 0) from transfer_status s where s.transfer_id = t.id), ${status},
      ${input.on?.date ?? null}::date, ${input.on?.precision ?? null}, ${input.note}, ${input.source}, t.version
    from transfer t where t.id = ${transfer.id}`.execute(em.getKysely<unknown>());
  return [];
}

function refusals(
  transfer: Transfer,
  instrument: PolicyInstrument | null,
  history: HistoryRow[],
  input: StatusChangeInput & { to: TransferStatus },
): UserError[] {
  const fields = { status: 'status', date: 'on', source: 'source', policyInstrument: 'policyInstrument' };
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
    errors.push({ field: ['on'], code: 'INVALID', message });
  }
  if (input.on !== null && input.on.date > new Date().toISOString().slice(0, 10))
    errors.push({
      field: ['on'],
      code: 'INVALID',
      message: 'It lies in the future. Say it when it has happened.',
    });
  return errors;
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { suggestionList } from 'graphql/jsutils/suggestionList.js';
import { sql } from 'kysely';
import type { UserError } from '../../graph/errors.js';
import { prefixOf } from '../../graph/ids.js';
import type { Origin } from '../record.fields.js';
import { records } from '../records.js';
import { sourcesOf } from '../source.service.js';
import { Claim } from './claim.entity.js';
import { claimableFields, isClaimable, type ClaimableType } from './claim.fields.js';
import type { ClaimForm } from './claim.inputs.js';

/** Stores a claim about a record that the viewer sees; returns what is wrong with it. */
export async function enterClaim(em: EntityManager, id: string, form: ClaimForm): Promise<UserError[]> {
  const { record, field, subject, value, amount: money, source, ...said } = form;
  const about = await recordOf(em, record);
  if (about === null) return [notFound('record', `No record that you may see has the id '${record}'.`)];
  const errors = [...unknownField(about.type, field), ...wordedOnce(form)];
  const known = errors.length > 0 ? null : (await sourcesOf(em, [source], [about])).get(source);
  if (known === undefined)
    errors.push(notFound('source', `No source has the slug '${source}'. Give its address, or correct the slug.`));
  if (!known || errors.length > 0) return errors;
  const [{ position } = { position: 0 }] = (
    await sql<{ position: number }>`select coalesce(max(position) + 1, 0)::int as position from claim
      where record_id = ${record} and field = ${field}`.execute(em.getKysely<unknown>())
  ).rows;
  await em.insert(Claim, {
    ...said,
    id,
    recordId: record,
    field,
    subject,
    value: money ? `${money.amount} ${money.currency}` : (value ?? ''),
    amount: money?.amount ?? null,
    currency: money?.currency ?? null,
    source: known.id,
    position,
    origin: about.origin === 'DEMONSTRATION' ? 'DEMONSTRATION' : 'ENTERED',
  });
  return [];
}

/** Makes a claim that is held the one that is shown. */
export async function selectClaim(em: EntityManager, claim: Claim): Promise<UserError[]> {
  if (claim.publicationStatus !== 'PUBLISHED')
    return [{ field: ['id'], code: 'IMPOSSIBLE', message: 'This claim was taken back. Enter it anew.' }];
  const { id, recordId, field, subject = null } = claim;
  // First the other: at no moment may two be.
  await em.nativeUpdate(Claim, { recordId, field, subject, isSelected: true, id: { $ne: id } }, { isSelected: false });
  em.assign(claim, { isSelected: true });
  await em.flush();
  return [];
}

/** Takes a claim that is held back from everyone. */
export async function withdrawClaim(em: EntityManager, claim: Claim, note: string): Promise<UserError[]> {
  if (claim.publicationStatus === 'WITHDRAWN')
    return [{ field: ['id'], code: 'IMPOSSIBLE', message: 'This claim was taken back already.' }];
  em.assign(claim, { publicationStatus: 'WITHDRAWN', withdrawnReason: note, isSelected: false });
  await em.flush();
  return [];
}

/** What kind of record it is, and how it came in; null where there is none to be seen. */
async function recordOf(em: EntityManager, id: string): Promise<{ type: ClaimableType; origin: Origin } | null> {
  const prefix = prefixOf(id);
  const [type, at] = Object.entries(records).find(([, each]) => each.prefix === prefix) ?? [];
  if (type === undefined || at === undefined || !isClaimable(type)) return null;
  const { rows } = await sql<{ origin: Origin }>`select origin from ${sql.table(at.table)} where id = ${id}`.execute(
    em.getKysely<unknown>(),
  );
  return rows[0] ? { type, ...rows[0] } : null;
}

const notFound = (field: string, message: string): UserError => ({ field: [field], code: 'NOT_FOUND', message });

function unknownField(type: ClaimableType, field: string): UserError[] {
  const message = fieldAdvice(type, field);
  return message === null ? [] : [notFound('field', message)];
}

/** Why nothing can be claimed of a field; null where something can. */
export function fieldAdvice(type: ClaimableType, field: string): string | null {
  const known = claimableFields(type);
  if (known.includes(field)) return null;
  const nearest = suggestionList(field, known)[0];
  const advice = nearest === undefined ? `It has ${known.join(', ')}.` : `Did you mean '${nearest}'?`;
  return `A ${type} has no field '${field}'. ${advice}`;
}

/** Refuses a claim that says nothing, or says it twice. */
function wordedOnce({ value, amount }: ClaimForm): UserError[] {
  if (value === null && amount === null)
    return [
      { field: ['value'], code: 'REQUIRED', message: 'It is missing. Add what the source says, here or as amount.' },
    ];
  if (value === null || amount === null) return [];
  return [{ field: ['value'], code: 'CONFLICT', message: 'An amount says it already. Take one of them out.' }];
}

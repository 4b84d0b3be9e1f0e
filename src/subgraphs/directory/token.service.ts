import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Viewer } from '../../graph/context.js';
import { newId } from '../../graph/ids.js';

/** What a token can let its holder be. */
export type TokenRole = Exclude<Viewer['role'], 'ANONYMOUS'>;

/** Why a token cannot be made or revoked; the message says how to mend it. */
export class TokenError extends Error {
  override name = 'TokenError';
}

export interface NewToken {
  role: TokenRole;
  /** The slug of the organisation that a PARTNER speaks for; undefined for every other role. */
  partner: string | undefined;
  /** What it is for, never a person's name or address. Those with one label, role and partner are one account. */
  label: string;
  expiresAt: Date;
  /** Lets in whom an issuer calls by this name, instead of whoever holds a secret. */
  signIn?: { issuer: string; subject: string };
}

export interface CreatedToken {
  id: string;
  accountId: string;
  /** The secret: nobody can read it again. Null for a sign-in. */
  token: string | null;
}

/** `gg_` and 256 random bits in hexadecimal digits: a shape that scanners for leaked secrets can be taught. */
const shape = /^gg_[0-9a-f]{64}$/;
const shown = 'gg_'.length + 8;

/** Whether a text can be a token of ours, and is worth a look. */
export const isToken = (text: string): boolean => shape.test(text);

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Makes a token, and its account where there is none. Throws a TokenError. */
export async function createToken(em: EntityManager, wanted: NewToken): Promise<CreatedToken> {
  return em.transactional(async (tx) => {
    const db = tx.getKysely<unknown>();
    const { role, label, expiresAt, signIn } = wanted;
    const partnerId = await partnerOf(tx, wanted);
    const { rows } = await sql<{ id: string }>`
      insert into account (id, role, partner_id, label, issuer, subject)
      values (${newId('acc')}, ${role}, ${partnerId}, ${label}, ${signIn?.issuer ?? null}, ${signIn?.subject ?? null})
      on conflict ${sql.raw(signIn ? '(issuer, subject)' : '(role, partner_id, label) where issuer is null')}
      do update set role = excluded.role, partner_id = excluded.partner_id, label = excluded.label
      returning id`.execute(db);
    const accountId = String(rows[0]?.id);
    // Of a subject there is one word, the last.
    if (signIn)
      await sql`update token set revoked_at = now() where account_id = ${accountId} and revoked_at is null`.execute(db);
    const id = newId('tok');
    const token = signIn ? null : `gg_${randomBytes(32).toString('hex')}`;
    await sql`insert into token (id, account_id, hash, prefix, expires_at)
      values (${id}, ${accountId}, ${token && hashOf(token)}, ${token && token.slice(0, shown)}, ${expiresAt})`.execute(
      db,
    );
    return { id, accountId, token };
  });
}

async function partnerOf(em: EntityManager, { role, partner }: NewToken): Promise<string | null> {
  if (role === 'PARTNER' && partner === undefined)
    throw new TokenError('An editor writes for one organisation: name it by its slug, such as --partner artex.');
  if (partner === undefined) return null;
  if (role !== 'PARTNER') throw new TokenError('Only an editor speaks for an organisation: leave --partner out.');
  const db = em.getKysely<unknown>();
  const { rows } = await sql<{ id: string }>`select id from partner where slug = ${partner}`.execute(db);
  if (rows[0]) return rows[0].id;
  const { rows: near } = await sql<{ slug: string }>`select slug from partner
    order by similarity(slug, ${partner}) desc, slug limit 3`.execute(db);
  const others = near.length > 0 ? `; near it are ${near.map(({ slug }) => slug).join(', ')}` : '';
  throw new TokenError(`No partner has the slug '${partner.slice(0, 60)}'${others}.`);
}

/** A token as it is listed, without its secret. */
export interface ListedToken {
  id: string;
  accountId: string;
  /** Null for a sign-in, which has a subject instead. */
  prefix: string | null;
  subject: string | null;
  role: TokenRole;
  /** The slug of a PARTNER's organisation. */
  partner: string | null;
  label: string;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  /** To the minute. */
  lastUsedAt: Date | null;
}

/** Every token there was, the newest first. */
export async function listTokens(em: EntityManager): Promise<ListedToken[]> {
  const { rows } = await sql<ListedToken>`
    select t.id, t.account_id as "accountId", t.prefix, a.subject, a.role, p.slug as partner, a.label,
      t.created_at as "createdAt", t.expires_at as "expiresAt", t.revoked_at as "revokedAt", t.last_used_at as "lastUsedAt"
    from token t join account a on a.id = t.account_id left join partner p on p.id = a.partner_id
    order by t.created_at desc, t.id`.execute(em.getKysely<unknown>());
  const day = (value: Date | null) => value && new Date(value);
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    expiresAt: new Date(row.expiresAt),
    revokedAt: day(row.revokedAt),
    lastUsedAt: day(row.lastUsedAt),
  }));
}

/** Ends a token from the next request on. Throws a TokenError when there is none with this id; again is no fault. */
export async function revokeToken(em: EntityManager, id: string): Promise<void> {
  const { rows } =
    await sql`update token set revoked_at = coalesce(revoked_at, now()) where id = ${id} returning id`.execute(
      em.getKysely<unknown>(),
    );
  if (rows.length === 0)
    throw new TokenError(`No token has the id '${id.slice(0, 60)}'. \`goodgraph token list\` tells them.`);
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { sql, type RawBuilder } from 'kysely';
import { faultOf } from '../../database/errors.js';
import { runUntil } from '../../database/statement.js';
import type { Viewer } from '../../graph/context.js';
import { hashOf } from './token.service.js';

/** What lets somebody in: a token of ours, or what an issuer vouches for. */
export type Credential = { token: string } | { issuer: string; subject: string };

/** Whom a credential lets in, or why nobody. */
export type SignIn = { viewer: Viewer } | { refused: 'UNKNOWN' | 'EXPIRED' | 'REVOKED' };

interface Row {
  tokenId: string;
  accountId: string;
  role: Viewer['role'];
  partnerId: string | null;
  isExpired: boolean;
  isRevoked: boolean;
  /** Not used in this minute yet. */
  isNews: boolean;
}

export interface Accounts {
  /** Looks a credential up, by one statement each time: what is revoked is revoked at once. */
  signIn(credential: Credential, signal: AbortSignal): Promise<SignIn>;
  /** Resolves when everything is written that is noted of the last use of tokens. */
  settled(): Promise<unknown>;
}

/** Those who may sign in; `log` is told what goes wrong behind an answer. */
export function accountsIn(em: EntityManager, log: (message: string) => void): Accounts {
  const db = em.getKysely<unknown>();
  /** The tokens whose use is being written. */
  const noting = new Map<string, Promise<unknown>>();

  /** Nobody waits for it, and a minute is written once. */
  function note({ tokenId, isNews }: Row): void {
    if (!isNews || noting.has(tokenId)) return;
    const written = sql`update token set last_used_at = date_trunc('minute', now()) where id = ${tokenId}
      and last_used_at is distinct from date_trunc('minute', now())`
      .execute(db)
      .catch((error: Error) => log(`the last use of ${tokenId} is not noted: ${error.message}`))
      .finally(() => noting.delete(tokenId));
    noting.set(tokenId, written);
  }

  return {
    signIn: async (credential, signal) => {
      const statement = lookUp(credential).compile(db);
      const [row] = await runUntil(db, statement, signal).catch((error: unknown) => {
        throw faultOf(error);
      });
      if (!row) return { refused: 'UNKNOWN' };
      if (row.isRevoked) return { refused: 'REVOKED' };
      if (row.isExpired) return { refused: 'EXPIRED' };
      note(row);
      const { role, partnerId, accountId } = row;
      return { viewer: { role, partnerId, accountId } };
    },
    settled: () => Promise.all(noting.values()),
  };
}

/** Of a subject the newest word counts. */
const lookUp = (credential: Credential): RawBuilder<Row> => sql<Row>`
  select t.id as "tokenId", a.id as "accountId", a.role, a.partner_id as "partnerId",
    t.expires_at <= now() as "isExpired", t.revoked_at is not null as "isRevoked",
    t.last_used_at is distinct from date_trunc('minute', now()) as "isNews"
  from token t join account a on a.id = t.account_id
  where ${'token' in credential ? sql`t.hash = ${hashOf(credential.token)}` : sql`a.issuer = ${credential.issuer} and a.subject = ${credential.subject} and t.hash is null`}
  order by t.revoked_at is null desc, t.created_at desc limit 1`;

import { Migration } from '@mikro-orm/migrations';
import { choice, key } from './record-table.js';

const tables = `
  -- Who may sign in: a subject of an OIDC issuer, or those who hold tokens under one label. No record: it has no page and
  -- no history, and no name of a person.
  create table account (
    id text collate "C" primary key,
    ${choice('role', 'PARTNER', 'REVIEWER', 'ADMIN', 'SERVICE')} not null,
    ${key('partner_id', 'partner')},
    check ((role = 'PARTNER') = (partner_id is not null)),
    label text not null check (length(label) between 1 and 100 and label not like '%@%'),
    issuer text collate "C",
    subject text collate "C",
    check ((issuer is null) = (subject is null)),
    unique (issuer, subject),
    created_at timestamptz not null default now());

  -- What lets an account in, and until when.
  create table token (
    id text collate "C" primary key,
    account_id text collate "C" not null references account (id),
    -- SHA-256 of the token; null where the issuer's word for the account's subject lets it in.
    hash bytea unique check (length(hash) = 32),
    -- How the token begins: enough to know it again.
    prefix text collate "C" check ((prefix is null) = (hash is null)),
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    -- To the minute.
    last_used_at timestamptz);`;

/** Nothing is granted: only the owner of the tables, as commands and sign-ins are, reads them. */
const secure = (table: string): string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy keeper on ${table} to current_user using (true) with check (true)`,
];

/** Those who may sign in, and what lets them in. */
export class Accounts extends Migration {
  override up(): void {
    this.addSql(tables);
    this.addSql(`create unique index account_holder on account (role, partner_id, label) nulls not distinct
      where issuer is null`);
    this.addSql('create index account_partner on account (partner_id)');
    this.addSql('create index token_account on token (account_id)');
    for (const table of ['account', 'token']) for (const statement of secure(table)) this.addSql(statement);
  }
}

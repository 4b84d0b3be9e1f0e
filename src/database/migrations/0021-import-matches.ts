import { Migration } from '@mikro-orm/migrations';

/**
 * Which organisation an import found under a key of its file: `id` is what the key would have made it. So the same file
 * means the same organisations ever after, whatever comes in between. Nobody but imports reads it.
 */
export class ImportMatches extends Migration {
  override up(): void {
    this.addSql(`
      create table import_match (
        id text collate "C" primary key,
        partner_id text collate "C" not null references partner (id) on delete cascade)`);
    this.addSql(`create index import_match_partner_id on import_match (partner_id)`);
  }
}

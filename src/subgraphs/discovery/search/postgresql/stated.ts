import { sql } from 'kysely';
import type { IndexState } from './expansion.js';
import { live, of } from './tables.js';

/** What every statement about postings brings beside them: of which index they are, and of which version. */
export interface Stated {
  state: IndexState;
}

export const stated = sql`(select row_to_json(s) from ${of(live, 'index_state')} s) as "state"`;

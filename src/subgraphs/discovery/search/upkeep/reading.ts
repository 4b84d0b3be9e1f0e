import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Run } from '../../../../graph/context.js';

/**
 * Runs statements with the rights of the anonymous reader on the connections of services: readers' deadlines are for
 * requests, and so are their connections; and a replica may not have yet what is to be indexed.
 */
export const readPublic =
  (em: EntityManager): Run =>
  (query) =>
    em.fork().transactional(async (tx) => {
      const db = tx.getKysely<unknown>();
      await sql`set local role goodgraph_public; set local jit = off`.execute(db);
      return (await db.executeQuery(query.compile(db))).rows;
    });

/** Runs statements that see drafts too. */
export const readAll =
  (em: EntityManager): Run =>
  async (query) => {
    const db = em.fork().getKysely<unknown>();
    return (await db.executeQuery(query.compile(db))).rows;
  };

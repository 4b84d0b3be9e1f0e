import type { CompiledQuery, Kysely } from 'kysely';

/**
 * Runs a statement and returns its rows. When `signal` is aborted while it runs, PostgreSQL is asked to cancel it, over a
 * connection of its own, and it fails with the signal's reason. The pool gets the connection back after that: no cancel
 * can hit what runs on it next.
 */
export function runUntil<Row>(
  db: Kysely<unknown>,
  query: CompiledQuery<Row>,
  signal: AbortSignal | undefined,
): Promise<Row[]> {
  return db.getExecutor().provideConnection(async (connection) => {
    signal?.throwIfAborted();
    await connection.collectSessionInfo?.();
    let cancelled: Promise<void> | undefined;
    const cancel = () => {
      // A cancel that fails leaves the statement to its deadline.
      cancelled = connection.cancelQuery?.(unpooled).catch(() => undefined);
    };
    signal?.addEventListener('abort', cancel);
    try {
      return (await connection.executeQuery<Row>(query)).rows;
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', cancel);
      await cancelled;
    }
  });
}

/** Kysely's way out where its driver cannot open a connection; ours can. */
const unpooled = () => Promise.reject(new Error('The driver opens no connection to cancel by.'));

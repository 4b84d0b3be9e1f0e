/** Runs one statement and returns its rows; `Query` is whatever the database layer takes. */
type Run<Query> = (query: Query) => Promise<unknown[]>;

/** What a batch loads, in the order in which batches go out. */
export type Rank = 'lists' | 'records' | 'leaves';

/**
 * Groups what a request loads into waves: a batch goes out only when no statement of the request is under way. Sibling
 * edges that need the same loader then share one statement however long their parents took, so that the number of
 * statements of a query depends on the query alone. The price: a fast branch waits for its slowest sibling.
 * Of the batches that wait only those of the lowest rank go out: lists, then records by id, then records that others refer
 * to, so that whatever the former still lead to shares the statement of the latter.
 * Once `signal` is aborted nothing goes out any more: statements are refused with its reason, and batches that wait are
 * dropped.
 */
export function inWaves<Query>(run: Run<Query>, signal: AbortSignal) {
  const waiting: Record<Rank, (() => void)[]> = { lists: [], records: [], leaves: [] };
  const lowest = () => Object.values(waiting).find((batches) => batches.length > 0);
  let underWay = 0;
  let isArmed = false;

  function flush(): void {
    isArmed = false;
    if (underWay > 0) return;
    const wave = lowest()?.splice(0) ?? [];
    if (signal.aborted) return;
    for (const dispatch of wave) dispatch();
    // Some send no statement, whose end would call the next.
    arm();
  }

  /** After the promises that are settled by now have run their course, and with them the loads they ask for. */
  function arm(): void {
    if (isArmed || underWay > 0 || !lowest()) return;
    isArmed = true;
    setImmediate(flush);
  }

  return {
    run: async (query: Query): Promise<unknown[]> => {
      signal.throwIfAborted();
      underWay += 1;
      try {
        return await run(query);
      } finally {
        underWay -= 1;
        arm();
      }
    },
    /** DataLoader's `batchScheduleFn`. */
    schedule: (dispatch: () => void, rank: Rank = 'lists'): void => {
      waiting[rank].push(dispatch);
      arm();
    },
  };
}

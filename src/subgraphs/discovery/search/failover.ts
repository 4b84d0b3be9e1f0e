import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  handleWhen,
  timeout,
  TimeoutStrategy,
} from 'cockatiel';
import { EngineFault, type SearchEngine } from './engine.js';

export interface FailoverOptions {
  first: SearchEngine;
  second: Pick<SearchEngine, 'name' | 'search' | 'suggest' | 'similar'>;
  log: (message: string) => void;
  /** Milliseconds for an answer of the first engine. */
  deadline?: number;
  /** Milliseconds until it is asked again, once it failed several times in a row. */
  pause?: number;
}

const patience = 3;

/** Nobody waits for the answer any more: no fault of the engine's. */
class Left extends Error {}

/** A query that an engine refuses says nothing of the next one: no client stops the engine for all. */
const isFailure = (error: unknown): boolean =>
  !(error instanceof Left || (error instanceof EngineFault && error.kind === 'REFUSED'));

/**
 * The first engine, whose readers never wait long for it: when it is down, slow or misconfigured, they get the answer of
 * the second one, and are told so. Its documents are its own.
 */
export function withFallback({ first, second, log, deadline = 300, pause = 2_000 }: FailoverOptions): SearchEngine {
  const inTime = timeout(deadline, TimeoutStrategy.Aggressive);
  const breaker = circuitBreaker(handleWhen(isFailure), {
    halfOpenAfter: pause,
    breaker: new ConsecutiveBreaker(patience),
  });
  breaker.onBreak(() => log(`${first.name} fails; ${second.name} answers searches for ${pause / 1_000} s at least`));
  breaker.onReset(() => log(`${first.name} answers searches again`));

  type Reader = FailoverOptions['second'];

  async function ask<Answer>(
    asking: (engine: Reader, signal: AbortSignal) => Promise<Answer>,
    asked: AbortSignal = new AbortController().signal,
  ): Promise<{ answer: Answer; isDegraded: boolean }> {
    const askFirst = async () => {
      try {
        return await inTime.execute(({ signal }) => asking(first, signal), asked);
      } catch (error) {
        throw asked.aborted ? new Left() : error;
      }
    };
    try {
      return { answer: await breaker.execute(askFirst), isDegraded: false };
    } catch (error) {
      asked.throwIfAborted();
      if (!(error instanceof BrokenCircuitError)) log(`${first.name} did not answer a search: ${reasonOf(error)}`);
      return { answer: await asking(second, asked), isDegraded: true };
    }
  }

  return {
    name: first.name,
    capabilities: first.capabilities,
    async search(request, signal) {
      const { answer, isDegraded } = await ask((engine, each) => engine.search(request, each), signal);
      return { ...answer, isDegraded };
    },
    suggest: async (prefix, filter, size, signal) =>
      (await ask((engine, each) => engine.suggest(prefix, filter, size, each), signal)).answer,
    similar: async (id, filter, size, signal) =>
      (await ask((engine, each) => engine.similar(id, filter, size, each), signal)).answer,
    upsert: (documents) => first.upsert(documents),
    remove: (ids) => first.remove(ids),
    rebuild: (documents) => first.rebuild(documents),
    inventory: () => first.inventory(),
    health: () => first.health(),
  };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import type { FastifyReply } from 'fastify';
import { whenClientLeaves } from './departure.js';
import { refuse } from './graphql.js';

export interface PlacesOptions {
  running: number;
  waiting: number;
  /** How long one waits for a place, in milliseconds. */
  patience: number;
}

/** The places that operations run in; those beyond wait a moment, and those beyond these are turned away. */
export interface Places {
  /** Answers by `work` once there is a place; else by 503, at once or when patience ends. */
  take(reply: FastifyReply, work: () => Promise<unknown>): Promise<unknown>;
  running(): number;
  waiting(): number;
  /** How many were turned away so far: no place to wait in, patience at its end, or gone while they waited. */
  readonly refused: Record<'full' | 'late' | 'gone', number>;
}

/** Seconds after which one who was turned away may come again: patience is shorter, so those who waited then are gone. */
const retryAfter = 1;

export function createPlaces({ running, waiting, patience }: PlacesOptions): Places {
  const places = bulkhead(running, waiting);
  const refused = { full: 0, late: 0, gone: 0 };

  function turnAway(reply: FastifyReply, why: keyof typeof refused): FastifyReply {
    refused[why] += 1;
    return refuse(
      reply.header('retry-after', retryAfter),
      503,
      `The server has more to do than it can. Ask again in ${retryAfter} s.`,
      'SERVICE_UNAVAILABLE',
    );
  }

  async function inTurn(reply: FastifyReply, work: () => Promise<unknown>): Promise<unknown> {
    const { promise: gaveUp, resolve: giveUp } = Promise.withResolvers<'late' | 'gone'>();
    const queue = new AbortController();
    let waits = true;
    const leave = (why: 'late' | 'gone') => {
      if (!waits) return;
      queue.abort();
      giveUp(why);
    };
    const timer = setTimeout(leave, patience, 'late');
    whenClientLeaves(reply, () => leave('gone'));
    const begin = () => {
      waits = false;
      clearTimeout(timer);
      return work();
    };
    try {
      const refusal = gaveUp.then((why) => turnAway(reply, why));
      return await Promise.race([places.execute(begin, queue.signal), refusal]);
    } finally {
      waits = false;
      clearTimeout(timer);
    }
  }

  return {
    take: async (reply, work) => {
      try {
        return places.executionSlots > 0 ? await places.execute(work) : await inTurn(reply, work);
      } catch (error) {
        if (error instanceof BulkheadRejectedError) return turnAway(reply, 'full');
        throw error;
      }
    },
    running: () => running - places.executionSlots,
    waiting: () => waiting - places.queueSlots,
    refused,
  };
}

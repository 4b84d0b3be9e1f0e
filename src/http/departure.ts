import type { FastifyReply } from 'fastify';
import { Refusal } from '../graph/errors.js';

/** Why an operation is stopped that nobody waits for any more. */
export class ClientLeft extends Refusal {
  constructor() {
    super('DEADLINE_EXCEEDED', 'The client left before it was answered.');
  }
}

/** Calls `act` when the connection closes before its answer has gone out. */
export function whenClientLeaves({ raw }: FastifyReply, act: (reason: ClientLeft) => void): void {
  const look = () => {
    if (!raw.writableFinished) act(new ClientLeft());
  };
  if (raw.closed) look();
  else raw.once('close', look);
}

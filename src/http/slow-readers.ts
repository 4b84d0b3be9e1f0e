import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/**
 * Closes the connections of clients that have not taken an answer `milliseconds` after it was ready. Of a stream, which is
 * never ready as a whole, each piece has its time: whoever makes it sees to that.
 */
export function dropSlowReaders(server: FastifyInstance, milliseconds: number): void {
  server.addHook('onSend', async ({ raw: { socket } }, { raw }, payload) => {
    if (payload instanceof Readable) return;
    const timer = setTimeout(() => socket.destroy(), milliseconds).unref();
    raw.once('close', () => clearTimeout(timer));
  });
}

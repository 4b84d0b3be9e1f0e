import type { FastifyInstance } from 'fastify';

/** Closes the connections of clients that have not taken an answer `milliseconds` after it was ready. */
export function dropSlowReaders(server: FastifyInstance, milliseconds: number): void {
  server.addHook('onSend', async ({ raw: { socket } }, { raw }) => {
    const timer = setTimeout(() => socket.destroy(), milliseconds).unref();
    raw.once('close', () => clearTimeout(timer));
  });
}

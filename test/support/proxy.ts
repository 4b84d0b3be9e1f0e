import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, inject } from 'vitest';

export interface Proxy {
  /** The URL of a database of the test cluster, by way of the proxy. */
  url(database: string): string;
  /** Passes nothing on any more, over no connection there is, and closes none. */
  fallSilent(): void;
  /** New connections pass again. */
  speak(): void;
  /** Closes every connection and takes no new ones. */
  close(): void;
}

/** Stands between a client and the test cluster, on TCP. */
export async function aProxy(): Promise<Proxy> {
  const { host, port, user } = inject('postgres');
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((client) => {
    const cluster = connect(`${host}/.s.PGSQL.${port}`);
    for (const [from, to] of [
      [client, cluster],
      [cluster, client],
    ] as const) {
      sockets.add(from);
      if (!isSilent) from.on('data', (data) => to.write(data));
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  afterAll(close);
  const { port: own } = server.address() as AddressInfo;
  return {
    url: (database) => `postgresql://${user}@127.0.0.1:${own}/${database}`,
    fallSilent: () => {
      isSilent = true;
      for (const socket of sockets) socket.removeAllListeners('data').resume();
    },
    speak: () => {
      isSilent = false;
    },
    close,
  };
}

// Stands between our server and Meilisearch: notes what the latter says it took, and cuts the line when told.
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';

const told = /"processingTimeMs":\s*(\d+)/g;

export async function openMeter(url) {
  const agent = new Agent({ keepAlive: true });
  const sockets = new Set();
  const meter = { processing: 0, roundTrip: 0, isCut: false };
  const server = createServer((asked, answer) => {
    // Answers come as they are, so that they can be read.
    const began = performance.now();
    const {
      method,
      url: path,
      headers: { 'accept-encoding': _, ...headers },
    } = asked;
    const sent = request(new URL(path, url), { agent, method, headers }, (came) => {
      const chunks = [];
      came.on('data', (chunk) => chunks.push(chunk));
      came.on('end', () => {
        const body = Buffer.concat(chunks);
        answer.writeHead(came.statusCode, came.headers).end(body, () => {
          if (!path.includes('search')) return;
          // With the time that the meter itself takes: that is not our server's.
          meter.roundTrip += performance.now() - began;
          for (const [, milliseconds] of body.toString().matchAll(told)) meter.processing += Number(milliseconds);
        });
      });
      came.on('error', () => answer.destroy());
    });
    sent.on('error', () => answer.destroy());
    asked.pipe(sent);
  });
  server.on('connection', (socket) => {
    if (meter.isCut) return void socket.destroy();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(meter, {
    url: `http://127.0.0.1:${server.address().port}`,
    cut: () => {
      meter.isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      meter.isCut = false;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      agent.destroy();
    },
  });
}

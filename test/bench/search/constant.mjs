// A server that answers the same to everybody, as large as a page of hits.
import { createServer } from 'node:http';

const body = JSON.stringify({ data: 'x'.repeat(10_000) });
const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
const server = createServer((asked, answer) => {
  asked.resume().on('end', () => answer.writeHead(200, headers).end(body));
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));

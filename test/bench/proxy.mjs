// A plain proxy: each request goes on over a connection that is kept, and its answer comes back as it is.
import { Agent, createServer, request } from 'node:http';

const [, , port] = process.argv;
const agent = new Agent({ keepAlive: true });

const server = createServer((asked, answer) => {
  const { method, url, headers, socket } = asked;
  const forwarded = { ...headers, 'x-forwarded-for': socket.remoteAddress };
  const sent = request({ agent, host: '127.0.0.1', port, method, path: url, headers: forwarded }, (came) => {
    answer.writeHead(came.statusCode, came.headers);
    came.pipe(answer);
  });
  sent.on('error', (error) => answer.writeHead(502).end(String(error)));
  asked.pipe(sent);
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));

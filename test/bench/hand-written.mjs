// What a careful hand would write for these four questions and no other: one prepared statement each, JSON made in SQL.
import { createServer } from 'node:http';
import { Pool } from 'pg';
import { shapes } from './shapes.mjs';

const pool = new Pool({ connectionString: process.env.BENCH_DATABASE, max: 20 });
const names = Object.keys(shapes);

const server = createServer(async (request, response) => {
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { shape, variables } = JSON.parse(Buffer.concat(chunks).toString());
    const { sql, parameters } = shapes[names[shape]];
    const { rows } = await pool.query({ name: `shape${shape}`, text: sql, values: parameters(variables) });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ data: rows[0]?.data ?? null }));
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));

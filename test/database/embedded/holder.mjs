// Opens a cluster in a process of its own. Arguments: the path of embedded.ts and its options in JSON. Prints the outcome
// in JSON, then releases the cluster when its standard input ends, if it is not killed before.
import { once } from 'node:events';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

registerHooks({
  resolve: (id, context, next) => next(id.startsWith('.') ? id.replace(/[.]js$/, '.ts') : id, context),
});

const [file, options] = process.argv.slice(2);
const { openEmbedded } = await import(pathToFileURL(file).href);
const messages = [];
try {
  const cluster = await openEmbedded({ ...JSON.parse(options), log: (message) => messages.push(message) });
  console.log(JSON.stringify({ address: cluster.address, dataPath: cluster.dataPath, messages }));
  await once(process.stdin.resume(), 'end');
  await cluster.release();
} catch (error) {
  console.log(JSON.stringify({ error: { name: error.name, code: error.code, message: error.message } }));
}

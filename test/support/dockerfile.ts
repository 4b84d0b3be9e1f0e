import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Instruction {
  /** FROM, COPY, RUN … */
  name: string;
  /** What follows it, on one line. */
  text: string;
}

/** The stages of our Dockerfile, each a list of instructions that begins with its FROM. */
export async function stages(): Promise<Instruction[][]> {
  const text = await readFile(join(root, 'Dockerfile'), 'utf8');
  const lines = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  const instructions = lines.flatMap((line) => {
    const [, name, rest] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, text: rest ?? '' }];
  });
  const found: Instruction[][] = [];
  for (const instruction of instructions) {
    if (instruction.name === 'FROM') found.push([]);
    found.at(-1)?.push(instruction);
  }
  return found;
}

/** What the build sees of the checkout. */
export async function buildContext(): Promise<Set<string>> {
  const lines = (await readFile(join(root, '.dockerignore'), 'utf8')).trim().split('\n');
  if (lines[0] !== '*') throw new Error('.dockerignore no longer begins by leaving out everything.');
  return new Set(lines.slice(1).map((line) => line.replace(/^!/, '')));
}

interface Replay {
  /** The scratch directory in the place of the image's /app. */
  app: string;
  /** The /app of the stage before, for `--from`; absent: the checkout stands for it. */
  before?: string;
  /** Runs a RUN instruction. */
  run(command: string, app: string): Promise<void> | void;
}

/** Does in a scratch directory what a stage does in its image. Throws where a file is not there or may not be seen. */
export async function replay(stage: readonly Instruction[], { app, before, run }: Replay): Promise<void> {
  const seen = await buildContext();
  await mkdir(app, { recursive: true });
  for (const { name, text } of stage) {
    if (name === 'RUN') await run(text, app);
    if (name !== 'COPY') continue;
    const words = text.split(' ');
    const isFromStage = words[0]?.startsWith('--from=') ?? false;
    const paths = isFromStage ? words.slice(1) : words;
    const target = resolve(app, paths.at(-1) ?? '');
    for (const source of paths.slice(0, -1)) {
      const own = source.replace(/^\/app\//, '');
      if (!isFromStage && !seen.has(own)) throw new Error(`.dockerignore hides ${own} from the build.`);
      const from = join(isFromStage ? (before ?? root) : root, own);
      const isFolder = paths.at(-1) === './';
      await cp(from, isFolder ? join(target, basename(own)) : target, { recursive: true });
    }
  }
}

/** Runs a command as the image's shell would; throws with what it said when it fails. */
export function shell(command: string, cwd: string): void {
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-ec', command], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ended with ${status}:\n${stdout}${stderr}`);
}

export const remove = (folder: string) => rm(folder, { recursive: true, force: true });

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Source texts by their path below `src/`. */
export type Files = Record<string, string>;

/** What we read of oxlint's JSON. */
interface Diagnostic {
  code: string;
  filename: string;
  labels: { span: { line: number } }[];
}

export interface Refusal {
  line: number;
  /** The rule by oxlint's name. */
  rule: string;
}

/** Lints every set of files in a source tree of its own, all in one run; what was refused in each. */
export function lint(sets: Files[]): Refusal[][] {
  const folder = mkdtempSync(join(tmpdir(), 'house-rules-'));
  try {
    cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    for (const [index, files] of sets.entries()) {
      for (const [path, source] of Object.entries(files)) {
        const file = join(folder, String(index), 'src', path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, source);
      }
    }
    const oxlint = join(dirname(createRequire(import.meta.url).resolve('oxlint/package.json')), 'bin/oxlint');
    const run = spawnSync(process.execPath, [oxlint, '--format=json'], { cwd: folder, encoding: 'utf8' });
    const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: Diagnostic[] };
    return sets.map((_, index) =>
      diagnostics
        .filter(({ filename }) => filename.startsWith(`${index}/`))
        .map(({ code, labels }) => ({ line: labels[0]?.span.line ?? 0, rule: code })),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

import { basename } from 'node:path';
import { readFile } from 'node:fs/promises';
import { buildSchema, type DocumentNode } from 'graphql';
import { additions, checkDiff } from '../graph/joining/diff.js';
import { checkPolicy } from '../graph/joining/policy.js';
import type { Place, Said } from '../graph/joining/said.js';
import { parsedSdl, type SubgraphSdl } from '../graph/joining/sdl.js';
import { readTrustedDocuments } from '../graph/trusted-documents.js';
import { report } from './report.js';
import { probeLimits, type ProbeLimits } from './subgraph-check/ask.js';
import { compose, composeAgain } from './subgraph-check/composition.js';
import { checks, type Check, type Finding } from './subgraph-check/finding.js';
import { checkLint } from './subgraph-check/lint.js';
import { ourApi, ourSubgraphs, ourSupergraph } from './subgraph-check/ours.js';
import { checkPlans } from './subgraph-check/plans.js';
import { probe } from './subgraph-check/probe.js';
import { checkReplay } from './subgraph-check/replay.js';

export interface CheckReport {
  /** The name of the file without its ending, and of the subgraph. */
  subgraph: string;
  /** Whether it has no fault. */
  passed: boolean;
  /** What the API gains: new types, new fields of ours. */
  adds: string[];
  findings: Finding[];
  checks: { check: Check; outcome: 'passed' | 'failed' | 'skipped'; reason?: string }[];
}

interface CheckOptions {
  /** The partner's SDL, `<subgraph>.graphql`. */
  file: string;
  /** Where it runs already. */
  url?: string | undefined;
  limits?: ProbeLimits;
}

/** What has been found so far. */
class Findings {
  readonly all: Finding[] = [];
  readonly #ran = new Set<Check>();
  readonly #skipped = new Map<Check, string>();

  add(check: Check, said: readonly Said[]): void {
    this.#ran.add(check);
    this.all.push(...said.map((each) => ({ check, ...each })));
  }

  skip(check: Check, reason: string): void {
    this.#skipped.set(check, reason);
  }

  /** What became of each check; a part that could not run is told beside what did. */
  outcomes(): CheckReport['checks'] {
    return checks.map((check) => {
      const reason = this.#skipped.get(check) ?? (this.#ran.has(check) ? undefined : 'what comes before it failed');
      const isFailed = this.all.some((finding) => finding.check === check && finding.level === 'fault');
      const outcome = isFailed ? 'failed' : this.#ran.has(check) ? 'passed' : 'skipped';
      return { check, outcome, ...(reason && { reason }) };
    });
  }
}

/** Whether a partner's subgraph may join the graph: from its SDL alone, and by asking it where it runs. */
export async function checkSubgraph({ file, url, limits = probeLimits }: CheckOptions): Promise<CheckReport> {
  const findings = new Findings();
  const name = basename(file).replace(/\.graphqls?$/, '');
  const typeDefs = await read(file);
  const adds: string[] = [];
  if ('message' in typeDefs) findings.add('parse', [typeDefs]);
  else adds.push(...(await checkAll({ name, typeDefs }, findings, { url, limits })));
  const passed = !findings.all.some(({ level }) => level === 'fault');
  return { subgraph: name, passed, adds, findings: findings.all, checks: findings.outcomes() };
}

async function read(file: string): Promise<DocumentNode | Said> {
  try {
    return parsedSdl(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file)), basename(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const mend = unreadable[code];
    if (mend === undefined) throw error;
    return { level: 'fault', message: `${file} cannot be read.`, mend };
  }
}

/** How a person mends a file that cannot be read. */
const unreadable: Record<string, string> = {
  ENOENT: 'There is no such file: name one.',
  EISDIR: 'It is a folder: name the file in it.',
  EACCES: 'This user may not read it: give it permission.',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'It is not in UTF-8: save it in that encoding.',
};

async function checkAll(
  theirs: SubgraphSdl,
  findings: Findings,
  { url, limits }: { url: string | undefined; limits: ProbeLimits },
): Promise<string[]> {
  const ours = ourSubgraphs();
  findings.add('parse', []);
  findings.add('lint', checkLint(theirs, ours));
  findings.add('policy', checkPolicy(theirs, ours));
  const composed = compose(theirs, ours);
  const again = await composeAgain(theirs, ours);
  findings.add('composition', [...(Array.isArray(composed) ? composed : []), ...(again === 'missing' ? [] : again)]);
  if (again === 'missing')
    findings.skip('composition', 'one composer was asked; the second comes with `npm i @wundergraph/composition`');
  const adds: string[] = [];
  if (!Array.isArray(composed)) {
    const before = buildSchema(ourApi());
    findings.add('diff', checkDiff(before, composed.schema, { theirs, ours }));
    const documents = await readTrustedDocuments(before);
    const replayed = checkReplay(documents, composed.schema);
    findings.add('replay', replayed);
    const plans =
      replayed.length > 0 ? 'replay failed' : await checkPlans(documents, ourSupergraph(), composed.supergraphSdl);
    if (typeof plans === 'string') findings.skip('plans', plans);
    else findings.add('plans', plans);
    adds.push(...additions(before, composed.schema));
  }
  const address = url === undefined ? undefined : URL.parse(url);
  if (url === undefined) findings.skip('probe', 'no --url was given');
  else if (!address || !/^https?:$/.test(address.protocol) || address.username || address.password)
    findings.add('probe', [
      {
        level: 'fault',
        message: '--url is no address to ask.',
        mend: 'Write http:// or https://, without user and password.',
      },
    ]);
  else {
    const known = Array.isArray(composed) ? undefined : composed;
    findings.add('probe', await probe({ url: address, theirs, ours, composed: known, limits }));
  }
  return adds;
}

const quoted = (whose: string, place: Place | undefined) =>
  place ? [`    ${whose} ${place.file}:${place.line}:${place.column}  ${place.text}`] : [];

/** The report for people. */
export function textOf({ subgraph, passed, adds, findings, checks: outcomes }: CheckReport): string {
  const lines = findings.flatMap(({ level, check, message, mend, theirs, ours }) => [
    `${level} (${check}): ${message}`,
    ...quoted('yours', theirs),
    ...quoted('ours ', ours),
    `    ${mend}`,
  ]);
  const ran = outcomes.map(({ check, outcome, reason }) => `${check}: ${outcome}${reason ? `; ${reason}` : ''}`);
  const open = outcomes.filter(({ reason }) => reason !== undefined).map(({ check }) => check);
  const rest = passed && open.length > 0 ? ` Not wholly checked: ${open.join(', ')}.` : '';
  const verdict = passed ? `${subgraph} may join the graph.${rest}` : `${subgraph} may not join the graph as it is.`;
  return [...lines, ...ran, ...adds.map((added) => `adds ${added}`), verdict].join('\n');
}

/** Checks, prints the report, and lets the process end with 1 on faults. */
export async function printCheck(file: string, { url, json }: { url?: string; json?: boolean }): Promise<void> {
  const result = await checkSubgraph({ file, url });
  report(json, result, textOf(result));
  if (!result.passed) process.exitCode = 1;
}

import { sql } from 'kysely';
import type { Read } from '../../graph/context.js';

/** One step of a code of an older version to a code of a newer one. */
interface FormerCode {
  code: string;
  version: number;
  successor: string;
  successorVersion: number;
  byArea: number;
  byPopulation: number | null;
}

/** For each of the codes that an older version has: a sentence that names its successors in the newest one. */
export async function formerCodes(read: Read, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await read(sql<FormerCode>`
    select f.code, f.code_version as version, s.code as successor, s.code_version as "successorVersion",
      l.weight_by_area as "byArea", l.weight_by_population as "byPopulation"
    from region f join region_link l on l.from_id = f.id join region s on s.id = l.to_id where f.code = any(${codes}::text[])
    order by s.code_version desc, f.code_version desc, l.weight_by_population desc nulls last, l.weight_by_area desc`);
  const steps = Map.groupBy(rows, ({ code }) => code);
  return new Map(Array.from(steps, ([code, each]) => [code, sentenceOf(code, each)]));
}

function sentenceOf(code: string, [first, ...others]: FormerCode[]): string {
  if (first === undefined) return '';
  const latest = others.filter(
    ({ version, successorVersion }) => version === first.version && successorVersion === first.successorVersion,
  );
  const percent = ({ byArea, byPopulation }: FormerCode) => `${Number(((byPopulation ?? byArea) * 100).toFixed(1))} %`;
  const measure = first.byPopulation === null ? 'area' : 'population';
  const parts = latest.map((step) => `${step.successor} (${percent(step)})`);
  const now = parts.length === 0 ? first.successor : `${first.successor} (${percent(first)} of its ${measure})`;
  const list = new Intl.ListFormat('en').format([now, ...parts]);
  return `'${code}' is a code of NUTS ${first.version}; in NUTS ${first.successorVersion} it is ${list}.`;
}

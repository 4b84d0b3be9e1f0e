import { ask, Unanswered, type ProbeLimits, type Service } from './ask.js';
import { compose, type Composed } from './composition.js';
import { told, type Said } from '../../graph/joining/said.js';
import { checkEntities, type EntitiesOptions } from './probe-entities.js';
import { parsedSdl } from '../../graph/joining/sdl.js';

export interface ProbeOptions extends Omit<EntitiesOptions, 'service'> {
  url: URL;
  limits: ProbeLimits;
  /** What the file composes to; undefined where it does not. */
  composed: Composed | undefined;
}

/** Asks a running subgraph what a router will ask it, and tells what a router could not live with. */
export async function probe({ url, limits, ...options }: ProbeOptions): Promise<Said[]> {
  const found: Said[] = [];
  const service = { url, limits, stop: AbortSignal.timeout(limits.whole) };
  try {
    found.push(...(await servedSdl(service, options)));
    found.push(...(await checkEntities({ ...options, service })));
  } catch (error) {
    if (error instanceof RangeError)
      found.push(fault('Its answer is nested too deeply to be read.', 'Answer what was asked.'));
    else if (error instanceof Unanswered) found.push(fault(error.message, error.mend));
    else throw error;
  }
  return found;
}

const fault = (message: string, mend: string): Said => ({ level: 'fault', message, mend });

async function servedSdl(
  service: Service,
  { theirs, ours, composed }: Omit<ProbeOptions, 'url' | 'limits'>,
): Promise<Said[]> {
  const { data, errors } = await ask(service, '{ _service { sdl } }', {});
  const sdl: unknown = Object(Object(data)['_service'])['sdl'];
  if (typeof sdl !== 'string')
    return [
      fault(
        `It does not tell its SDL: ${errors.join(' ') || '_service.sdl is no text'}`,
        'Serve _service { sdl }, as @apollo/subgraph does.',
      ),
    ];
  const typeDefs = parsedSdl(sdl, `${theirs.name} as served`);
  if ('message' in typeDefs) return [{ ...typeDefs, message: `Of what is served: ${typeDefs.message}` }];
  if (composed === undefined || sdl === theirs.typeDefs.loc?.source.body) return [];
  const served = compose({ name: theirs.name, typeDefs }, ours);
  if (Array.isArray(served)) return served.map((each) => ({ ...each, message: `Of what is served: ${each.message}` }));
  const [file, live] = [linesOf(composed), linesOf(served)];
  const differing = [...onlyIn(file, live, 'only in the file'), ...onlyIn(live, file, 'only in what is served')];
  if (differing.length === 0) return [];
  const mend = 'Check the very SDL that is served: curl its _service { sdl } into the file.';
  return [fault(`It serves another SDL than the file's: ${differing.join('; ')}.`, mend)];
}

/** The lines of a supergraph, each behind the type that it belongs to. */
function linesOf({ supergraphSdl }: Composed): string[] {
  let type = '';
  return supergraphSdl.split('\n').map((line) => {
    if (/^\w.*\{$/.test(line)) type = line.replace(/^\w+ (\w+).*/, '$1');
    return line.startsWith(' ') ? `${type}: ${line.trim()}` : line;
  });
}

/** The first lines of a supergraph that another one does not have; the order of either means nothing. */
function onlyIn(lines: readonly string[], others: readonly string[], where: string): string[] {
  const known = new Set(others);
  const own = lines.filter((line) => !known.has(line)).slice(0, 3);
  return own.map((line) => `${told(line.replaceAll(/ @join__\w+\([^)]*\)/g, ''), 120)} (${where})`);
}

import type { Answer } from './answer-tree.js';
import type { Selected } from './fetch-document.js';
import { RemoteFault } from './post-json.js';

/** An answer is as deep as its operation, but for lists in lists and for what a scalar of a partner's may hold. */
const deepest = 64;

/**
 * What of another organisation's answer was asked for: more than that would lie over what others answered. `count` gets the
 * length of every list. Throws a RemoteFault for what is nested too deeply.
 */
export function onlyAsked(
  value: unknown,
  fields: Selected,
  count: (items: number) => void,
  levels: number = deepest,
): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) throw new RemoteFault('answered something that is nested too deeply');
  if (Array.isArray(value)) {
    count(value.length);
    return value.map((item) => onlyAsked(item, fields, count, levels - 1));
  }
  const taken: Answer = {};
  for (const [name, below] of fields.size > 0 ? fields : ofLeaf(value))
    if (Object.hasOwn(value, name) && name !== '__proto__')
      taken[name] = onlyAsked((value as Answer)[name], below, count, levels - 1);
  return taken;
}

/** A scalar may hold anything. */
const ofLeaf = (value: object): [name: string, below: Selected][] =>
  Object.keys(value).map((name) => [name, new Map()]);

/** Whether a path of an error leads into what was asked for. */
export function isAsked(path: readonly (string | number)[], fields: Selected): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return true;
  if (typeof name === 'number') return isAsked(rest, fields);
  const below = fields.get(name);
  return below !== undefined && isAsked(rest, below);
}

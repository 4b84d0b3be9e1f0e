/** Random choices that a seed repeats (mulberry32). */
export interface Random {
  /** From 0 to 1, without 1. */
  next(): number;
  /** From `low` to `high`, both included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** At most `count` of the items, each once, in their order. */
  some<Item>(items: readonly Item[], count: number): Item[];
}

export function aRandom(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: <Item>(items: readonly Item[]): Item => {
      const item = items[between(0, items.length - 1)];
      if (items.length === 0) throw new Error('There is nothing to pick from.');
      return item as Item;
    },
    some: (items, count) => {
      const order = new Map(items.map((item) => [item, next()]));
      const kept = new Set(items.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)).slice(0, count));
      return items.filter((item) => kept.has(item));
    },
  };
}

/** Numbers that look random and are the same on every run. */
export interface Random {
  /** At least 0, below 1. */
  unit(): number;
  /** A whole number of `from` to `to`, both included. */
  whole(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /**
   * One of `count` indexes, the first ones most often: index k about as often as (k+1)^-exponent (the bounded Pareto
   * distribution, which is Zipf's law made continuous). The exponent is below 1.
   */
  skewed(count: number, exponent: number): number;
  /** `count` different ones of `draw`, or fewer where it repeats itself. */
  several<Item>(count: number, draw: () => Item): Item[];
}

/** Spreads the bits of a 32-bit number (the finaliser of MurmurHash3). */
function mixed(bits: number): number {
  let x = bits;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i += 1) hash = mixed(hash ^ text.charCodeAt(i));
  return hash;
}

const hashes = new Map<string, number>();

/**
 * The random numbers of one record: they follow from its kind and index alone, so that whoever refers to a record knows
 * what it is like without having made it.
 */
export function randomOf(kind: string, index: number): Random {
  const hash = hashes.get(kind) ?? hashOf(kind);
  hashes.set(kind, hash);
  let state = mixed(hash ^ mixed(index));
  // Mulberry32: one addition and a few multiplications a number, periods of 2^32.
  const unit = () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    unit,
    whole: (from, to) => from + Math.floor(unit() * (to - from + 1)),
    chance: (probability) => unit() < probability,
    pick: <Item>(items: readonly Item[]) => items[Math.floor(unit() * items.length)] as Item,
    skewed: (count, exponent) => {
      const rest = 1 - exponent;
      const rank = ((count + 1) ** rest - 1) * unit() + 1;
      return Math.min(count - 1, Math.floor(rank ** (1 / rest)) - 1);
    },
    several: <Item>(count: number, draw: () => Item) => [...new Set(Array.from({ length: count }, draw))],
  };
}

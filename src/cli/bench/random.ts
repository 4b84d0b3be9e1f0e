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
  let hash = hashes.get(kind);
  if (hash === undefined) hashes.set(kind, (hash = hashOf(kind)));
  return new Mulberry(mixed(hash ^ mixed(index)));
}

/** Mulberry32: one addition and a few multiplications a number, periods of 2^32. */
class Mulberry implements Random {
  constructor(private state: number) {}

  unit(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let x = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  }

  whole(from: number, to: number): number {
    return from + Math.floor(this.unit() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.unit() * items.length)] as Item;
  }

  skewed(count: number, exponent: number): number {
    const rest = 1 - exponent;
    const rank = ((count + 1) ** rest - 1) * this.unit() + 1;
    return Math.min(count - 1, Math.floor(rank ** (1 / rest)) - 1);
  }

  several<Item>(count: number, draw: () => Item): Item[] {
    return [...new Set(Array.from({ length: count }, draw))];
  }
}

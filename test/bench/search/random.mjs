/** Numbers from 0 to 1 that look random and are the same on every run (Mulberry32). */
export function randomOf(seed) {
  let state = seed;
  const unit = () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
  return { unit, below: (count) => Math.floor(unit() * count), pick: (list) => list[Math.floor(unit() * list.length)] };
}

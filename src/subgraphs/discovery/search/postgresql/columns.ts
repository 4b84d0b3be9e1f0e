import { sql } from 'kysely';
import type { Run } from '../../../../graph/context.js';
import { facetNames, type FacetName } from '../document.js';
import type { IndexState } from './expansion.js';
import { FacetSets } from './facet-sets.js';
import { live, of } from './tables.js';

const whole = ['document', 'version', ...facetNames] as const;
const fractional = ['updated', 'latitude', 'longitude'] as const;

type ColumnName = (typeof whole)[number] | (typeof fractional)[number];

/** What is new in the table of facets and in that of sets; numbers in network byte order. */
interface News extends Record<ColumnName, Buffer | null> {
  state: IndexState;
  sets: [id: number, facet: FacetName, members: string[]][] | null;
}

/** Documents that one statement brings, and those that were written together with the last of them. */
const mostAtOnce = 50_000;

const readWhole = (numbers: Buffer, at: number): number => numbers.readInt32BE(at * 4);
const readFractional = (numbers: Buffer, at: number): number => numbers.readDoubleBE(at * 8);

const wholes = (length: number) => new Int32Array(length);
const fractions = (length: number) => new Float64Array(length);

/** The columns for so many documents. */
const columnsFor = (length: number) => ({
  ...(Object.fromEntries(facetNames.map((name) => [name, wholes(length)])) as Record<FacetName, Int32Array>),
  /** Microseconds since 1970. */
  updated: fractions(length),
  /** NaN where there is no point. */
  latitude: fractions(length),
  longitude: fractions(length),
});

/**
 * The table of facets, as columns in this process: a number is looked up there in a thousandth of the time that PostgreSQL
 * takes for a row. Every write gives the rows that it touches the next version of the index: a search that is told a later
 * one than it knows reads these before it goes on.
 */
export class Columns {
  /** The index that they are of; none was asked yet where it is undefined. */
  state: IndexState | undefined;
  /** By the id of a document; 0 as its type where there is none. */
  of = columnsFor(0);
  #sets = new FacetSets();
  #version = 0;
  #reading: Promise<IndexState> | undefined;

  constructor(readonly page = mostAtOnce) {}

  /** One more than the highest id. */
  get length(): number {
    return this.of.type.length;
  }

  get sets(): FacetSets {
    return this.#sets;
  }

  /** Reads what is new if something is: `state` is what a statement saw of the index. */
  async follow(run: Run, state: IndexState): Promise<void> {
    if (state.epoch === this.state?.epoch && state.version <= this.#version) return;
    await this.read(run);
  }

  /**
   * Reads until nothing is new; from the beginning where another index has taken the place of this one. One reader at a
   * time: of many who come at once one reads all, and the others what little is new after that.
   */
  async read(run: Run): Promise<IndexState> {
    // oxlint-disable-next-line no-await-in-loop -- until nobody is before us
    while (this.#reading) await this.#reading.catch(() => undefined);
    this.#reading = this.#readAll(run);
    try {
      return await this.#reading;
    } finally {
      this.#reading = undefined;
    }
  }

  async #readAll(run: Run): Promise<IndexState> {
    for (;;) {
      const isFirst = this.#version === 0;
      // oxlint-disable-next-line no-await-in-loop -- one page after the other
      const [news] = await run(this.#news());
      if (news === undefined) throw new Error('An index has a state.');
      const isOther = news.state.epoch !== this.state?.epoch;
      if (isOther) this.#begin(news.state);
      // What follows a version of one index is not all of another.
      if (isOther && !isFirst) continue;
      if (!this.#take(news)) continue;
      this.#version = news.state.version;
      return (this.state = news.state);
    }
  }

  #news() {
    const packed = [
      ...whole.map((name) => sql`string_agg(int4send(${sql.ref(`f.${name}`)}), '') as ${sql.ref(name)}`),
      sql`string_agg(float8send((extract(epoch from f.updated) * 1000000)::float8), '') as "updated"`,
      sql`string_agg(float8send(coalesce(f.latitude, 'NaN')), '') as "latitude"`,
      sql`string_agg(float8send(coalesce(f.longitude, 'NaN')), '') as "longitude"`,
    ];
    return sql<News>`select (select row_to_json(s) from ${of(live, 'index_state')} s) as "state",
        (select json_agg(json_build_array(s.id, s.facet, s.members)) from ${of(live, 'facet_set')} s
          where s.id >= ${this.#sets.length}::integer) as "sets", ${sql.join(packed)}
      from (select * from ${of(live, 'facet')} f where f.version > ${this.#version}::integer
        order by f.version fetch first ${sql.lit(this.page)} rows with ties) f`;
  }

  /** Whether that is all. */
  #take(news: News): boolean {
    for (const [id, facet, values] of news.sets ?? []) this.#sets.add(id, facet, values);
    const count = (news.document?.length ?? 0) / 4;
    for (let at = 0; at < count; at += 1) this.#write(news as Record<ColumnName, Buffer>, at);
    return count < this.page;
  }

  #begin(state: IndexState): void {
    this.state = state;
    this.of = columnsFor(0);
    this.#sets = new FacetSets();
    this.#version = 0;
  }

  #write(numbers: Record<ColumnName, Buffer>, at: number): void {
    const id = readWhole(numbers.document, at);
    if (id >= this.length) this.#grow(id + 1);
    for (const name of facetNames) this.of[name][id] = readWhole(numbers[name], at);
    for (const name of fractional) this.of[name][id] = readFractional(numbers[name], at);
    this.#version = Math.max(this.#version, readWhole(numbers.version, at));
  }

  #grow(least: number): void {
    const grown = columnsFor(Math.max(least, Math.ceil(this.length * 1.25) + 1_000));
    for (const name of facetNames) grown[name].set(this.of[name]);
    for (const name of fractional) grown[name].set(this.of[name]);
    this.of = grown;
  }
}

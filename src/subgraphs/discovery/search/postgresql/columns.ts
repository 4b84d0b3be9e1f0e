import { sql, type RawBuilder } from 'kysely';
import type { Run } from '../../../../graph/context.js';
import { facetNames, type FacetName } from '../document.js';
import type { IndexState } from './expansion.js';
import { FacetSets } from './facet-sets.js';
import { live, of } from './tables.js';

const whole = ['document', 'version', ...facetNames] as const;
const fractional = ['updated', 'latitude', 'longitude'] as const;

type ColumnName = (typeof whole)[number] | (typeof fractional)[number];

/** What is new in the table of facets and in that of sets, as one row of a statement; numbers in network byte order. */
export interface News extends Record<ColumnName, Buffer | null> {
  state: IndexState;
  /** The index, and the version of it, after which it was asked for. */
  since: [epoch: string | null, version: number];
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
  version: wholes(length),
  ...(Object.fromEntries(facetNames.map((name) => [name, wholes(length)])) as Record<FacetName, Int32Array>),
  /** Microseconds since 1970. */
  updated: fractions(length),
  /** NaN where there is no point. */
  latitude: fractions(length),
  longitude: fractions(length),
});

/**
 * The table of facets, as columns in this process: a number is looked up there in a thousandth of the time that PostgreSQL
 * takes for a row. Every write gives the rows that it touches the next version of the index, so that whoever reads learns
 * with one statement what it asked for and what is new since it last asked.
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
    return this.of.version.length;
  }

  get sets(): FacetSets {
    return this.#sets;
  }

  /** A condition over a row `f` of the table of facets: what these columns do not hold. */
  isNew = (): RawBuilder<boolean> => sql`f.version > ${this.#version}::integer`;

  /** A table of one row, to be asked for beside others. */
  news(): RawBuilder<News> {
    const packed = [
      ...whole.map((name) => sql`string_agg(int4send(${sql.ref(`f.${name}`)}), '') as ${sql.ref(name)}`),
      sql`string_agg(float8send((extract(epoch from f.updated) * 1000000)::float8), '') as "updated"`,
      sql`string_agg(float8send(coalesce(f.latitude, 'NaN')), '') as "latitude"`,
      sql`string_agg(float8send(coalesce(f.longitude, 'NaN')), '') as "longitude"`,
    ];
    const epoch = this.state?.epoch ?? null;
    return sql`(select (select row_to_json(s) from ${of(live, 'index_state')} s) as "state",
        json_build_array(${epoch}::text, ${this.#version}::integer) as "since",
        (select json_agg(json_build_array(s.id, s.facet, s.members)) from ${of(live, 'facet_set')} s
          where s.id >= ${this.#sets.length}::integer) as "sets", ${sql.join(packed)}
      from (select * from ${of(live, 'facet')} f where ${this.isNew()}
        order by f.version fetch first ${sql.lit(this.page)} rows with ties) f)`;
  }

  /** Takes in what is new. False where that is not all, or of another index than these columns: then they have to be read. */
  take(news: News): boolean {
    const { state } = news;
    const [epoch, version] = news.since;
    if (state.epoch !== this.state?.epoch || (epoch !== state.epoch && version > 0)) return false;
    for (const [id, facet, values] of news.sets ?? []) this.#sets.add(id, facet, values);
    const count = (news.document?.length ?? 0) / 4;
    let last = this.#version;
    for (let at = 0; at < count; at += 1) last = Math.max(last, this.#write(news as Record<ColumnName, Buffer>, at));
    const isAll = count < this.page;
    this.#version = Math.max(this.#version, isAll ? state.version : last);
    if (isAll && state.version >= this.state.version) this.state = state;
    return isAll;
  }

  /** Reads until nothing is new; from the beginning where another index has taken the place of this one. */
  async read(run: Run): Promise<IndexState> {
    // Of many who come at once one reads all, and the others what little is new after that.
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
      // oxlint-disable-next-line no-await-in-loop -- one after the other, until there are no more
      const [news] = await run(sql<News>`select * from ${this.news()} n`);
      if (news === undefined) throw new Error('An index has a state.');
      if (news.state.epoch !== this.state?.epoch) this.#begin(news.state);
      if (this.take(news)) return news.state;
    }
  }

  #begin(state: IndexState): void {
    this.state = state;
    this.of = columnsFor(0);
    this.#sets = new FacetSets();
    this.#version = 0;
  }

  /** One row; its version. Of two that readers brought at the same time the newer one counts. */
  #write(numbers: Record<ColumnName, Buffer>, at: number): number {
    const id = readWhole(numbers.document, at);
    const version = readWhole(numbers.version, at);
    if (id >= this.length) this.#grow(id + 1);
    if (version < (this.of.version[id] as number)) return version;
    this.of.version[id] = version;
    for (const name of facetNames) this.of[name][id] = readWhole(numbers[name], at);
    for (const name of fractional) this.of[name][id] = readFractional(numbers[name], at);
    return version;
  }

  #grow(least: number): void {
    const grown = columnsFor(Math.max(least, Math.ceil(this.length * 1.25) + 1_000));
    for (const name of ['version', ...facetNames] as const) grown[name].set(this.of[name]);
    for (const name of fractional) grown[name].set(this.of[name]);
    this.of = grown;
  }
}

import type { EntityManager } from '@mikro-orm/postgresql';
import type { EntryError } from './manifest.js';
import type { Origin } from './record.fields.js';
import { slugOf } from './record.inputs.js';
import { resolve } from './reference.service.js';

/** An error for each figure that is made up and by a real indicator, or real and by a made-up one. */
export async function mixedIndicators<Name extends string>(
  em: EntityManager,
  entries: readonly ({ [Key in Name]: { indicator: string }[] } & { origin: Origin })[],
  name: Name,
): Promise<EntryError[]> {
  const figures = entries.flatMap((given, entry) =>
    given[name].map(({ indicator }, index) => ({ indicator: slugOf(indicator), origin: given.origin, entry, index })),
  );
  // An indicator that is not there yet becomes one.
  const toBe = new Map(figures.map(({ indicator }) => [`Indicator ${indicator}`, '']));
  const { errors } = await resolve(em, figures, { indicator: 'Indicator' }, toBe);
  return errors.flatMap((error) => {
    const figure = figures[error.entry];
    return figure ? { ...error, entry: figure.entry, field: [name, figure.index, 'indicator'] } : [];
  });
}

import type { EntityManager } from '@mikro-orm/postgresql';
import type { UserError } from '../../graph/errors.js';
import { newId } from '../../graph/ids.js';
import { refusalsOf, type Course } from '../course.service.js';
import type { StepInput } from '../mutations.js';
import { resolve } from '../reference.service.js';
import { records } from '../records.js';
import { Saving } from '../saving.service.js';
import type { Output } from './output.entity.js';
import type { outputUpdate } from './output.inputs.js';
import { OutputUpdate } from './output-update.entity.js';
import type { OutputStatus } from './output-update.fields.js';
import { notInFuture } from './part.inputs.js';

/** An output may be told to be where it was; back it never goes. */
const course: Course<OutputStatus> = {
  noun: 'output',
  next: {
    PLANNED: ['PLANNED', 'IN_DEVELOPMENT', 'FIRST_VERSION', 'COMPLETED', 'DISCONTINUED'],
    IN_DEVELOPMENT: ['IN_DEVELOPMENT', 'FIRST_VERSION', 'COMPLETED', 'DISCONTINUED'],
    FIRST_VERSION: ['FIRST_VERSION', 'COMPLETED', 'DISCONTINUED'],
    COMPLETED: ['DISCONTINUED'],
    DISCONTINUED: [],
  },
  explained: ['DISCONTINUED'],
};

/** Adds to the history of an output that is held how far it has come. Returns what was wrong. */
export async function reportOutput(
  em: EntityManager,
  output: Output,
  { on, event, status, note, source }: StepInput<typeof outputUpdate>,
): Promise<UserError[]> {
  const { origin, language, confidence } = output;
  const { errors, idOf } = await resolve(em, [{ event, source, origin }], { event: 'Event' });
  const last = await em.findOne(OutputUpdate, { output: output.id }, { orderBy: { reportedOn: 'desc', id: 'desc' } });
  const refusals: UserError[] = [
    ...notInFuture(on),
    ...errors,
    ...refusalsOf(course, last?.status ?? null, status, note),
  ];
  if (last && on <= last.reportedOn) {
    const message = `Its status of ${last.reportedOn} is told already. Give a later day.`;
    refusals.push({ field: ['on'], code: 'CONFLICT', message });
  }
  if (refusals.length > 0) return refusals;
  const saving = new Saving(em);
  const id = newId(records.OutputUpdate.prefix);
  await saving.records(
    OutputUpdate,
    [
      {
        id,
        output: output.id,
        reportedOn: on,
        event: idOf('Event', event),
        status,
        note,
        sourceUrl: source,
        origin,
        language,
        confidence,
      },
    ],
    () => true,
  );
  await saving.end();
  return [];
}

import { mutationsOf } from '../mutations.js';
import { publicationSteps } from '../publication.service.js';
import { Event } from './event.entity.js';
import { eventFields } from './event.fields.js';
import { eventEntered } from './event.inputs.js';
import { eventColumns, saveEvents } from './event.service.js';
import { EventType } from './event.type.js';

/** How events are written: by the organisation that entered them, by their hosts and by the partners of their project. */
export const EventMutations = mutationsOf<Event>({
  noun: 'event',
  fields: eventFields,
  entity: Event,
  type: () => EventType,
  loader: 'eventById',
  entry: eventEntered,
  columns: eventColumns,
  owner: 'owner',
  namedBy: 'title',
  initial: { publicationStatus: 'DRAFT' },
  together: [
    ['start', 'end'],
    ['city', 'region'],
  ],
  save: saveEvents,
  steps: publicationSteps('event'),
});

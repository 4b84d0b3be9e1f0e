import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionArguments, connectionType } from '../../graph/connection-types.js';
import { DateScalar } from '../../graph/scalars.js';
import { Confidence, DatePrecision } from '../record.fields.js';
import { RecordType } from '../record.type.js';
import { eventFields, EventKind, EventMode } from './event.fields.js';
import { SessionKind } from './session.fields.js';

registerEnumType(EventKind, {
  name: 'EventKind',
  description: 'What sort of event it is.',
  valuesConfig: {
    TRAINING_SEMINAR: { description: 'People learn from experts and from each other.' },
    SEMINAR: { description: 'People present and discuss.' },
    STUDY_VISIT: { description: 'People see a practice or a place for themselves.' },
    COORDINATION_MEETING: { description: 'The partners of a project review and plan their work.' },
    KICK_OFF_MEETING: { description: 'The first meeting of a project.' },
    CONFERENCE: { description: 'Open to people from outside the project.' },
    DISSEMINATION_EVENT: { description: 'Results are shown to those who may use them.' },
    PRESS_CONFERENCE: { description: 'For journalists.' },
    OTHER: { description: 'None of these.' },
  },
});
registerEnumType(EventMode, {
  name: 'EventMode',
  description: 'Whether people met in one room.',
  valuesConfig: {
    IN_PERSON: { description: 'In one place.' },
    ONLINE: { description: 'Over the network alone.' },
    HYBRID: { description: 'Some in one place, some over the network.' },
    UNKNOWN: { description: 'No source tells.' },
  },
});

@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@ObjectType('Event', { description: 'A meeting at which knowledge was shared or work was planned, with its sessions.' })
export class EventType extends RecordType {
  @Field(() => String, { description: 'Readable key, such as `innocrafts-barcelona-2012`.' })
  slug!: string;

  title!: string;
  alternativeTitle?: string | null;
  description?: string | null;
  method?: string | null;
  objectives!: string[];
  agenda!: string[];
  decisions!: string[];
  followUps!: string[];

  @Field(() => [EventKind], { description: 'What sort of event it is; several where it was several at once.' })
  types!: EventKind[];

  @Field(() => Int, {
    nullable: true,
    description: "Its number in the project's series of such events, from 1; null where it has none.",
  })
  ordinal?: number | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Its first day, as far as `startDatePrecision` says; null where no source tells.',
  })
  startDate?: string | null;

  @Field(() => DatePrecision, { nullable: true, description: 'How much of `startDate` is known; null with it.' })
  startDatePrecision?: DatePrecision | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Its last day, as far as `endDatePrecision` says; null where no source tells.',
  })
  endDate?: string | null;

  @Field(() => DatePrecision, { nullable: true, description: 'How much of `endDate` is known; null with it.' })
  endDatePrecision?: DatePrecision | null;

  @Field(() => EventMode, { description: 'Whether people met in one room.' })
  mode!: EventMode;

  @Field(() => [SessionKind], { description: 'The forms in which people worked, in the order of the source.' })
  formats!: SessionKind[];

  @Field(() => Int, {
    nullable: true,
    description: 'How many practices were presented, as its source counts; null where none does or two contradict.',
  })
  practicesPresented?: number | null;
}

export const EventConnection = connectionType('Event', () => EventType, 'events');
export const EventArguments = connectionArguments(eventFields, 'events', { EventKind, EventMode, Confidence });

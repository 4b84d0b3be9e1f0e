import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateScalar } from '../../graph/scalars.js';
import { RecordType } from '../record.type.js';
import { SessionKind } from './session.fields.js';

registerEnumType(SessionKind, {
  name: 'SessionKind',
  description: 'The form in which people worked.',
  valuesConfig: {
    WELCOME: { description: 'Hosts and authorities greet the participants.' },
    WORKSHOP: { description: 'Small groups work on a subject.' },
    ROUND_TABLE: { description: 'A discussion among equals.' },
    PRESENTATION: { description: 'Somebody tells, the others listen and ask.' },
    STUDY_VISIT: { description: 'Participants see a place or a practice for themselves.' },
    INFORMAL_SESSION: { description: 'Talk without an agenda.' },
    OTHER: { description: 'None of these.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType('Session', { description: 'A part of an event: a welcome, a workshop, a visit.' })
export class SessionType extends RecordType {
  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day it took place on, one of its event; null where no source tells.',
  })
  day?: string | null;

  @Field(() => Int, { description: 'Its place in the order in which its source tells of the sessions, from 0.' })
  position!: number;

  @Field(() => [SessionKind], { description: 'The forms in which people worked; several where it mixed them.' })
  types!: SessionKind[];

  subject?: string | null;
}

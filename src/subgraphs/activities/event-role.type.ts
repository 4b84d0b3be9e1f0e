import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { RecordType } from '../record.type.js';
import { EventRoleKind } from './event-role.fields.js';

registerEnumType(EventRoleKind, {
  name: 'EventRoleKind',
  description: 'What somebody did at an event.',
  valuesConfig: {
    HOST: { description: 'Invited the others and gave the place.' },
    WELCOME: { description: 'Greeted the participants.' },
    EXPERT: { description: 'Brought knowledge of the subject.' },
    SPEAKER: { description: 'Presented something; `contribution` says what.' },
    PARTICIPANT: { description: 'Took part.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType('EventRole', {
  description: 'The part of an organisation, or of a group of people, in an event or in one of its sessions.',
})
export class EventRoleType extends RecordType {
  @Field(() => EventRoleKind, { description: 'What they did there.' })
  role!: EventRoleKind;

  label?: string | null;
  contribution?: string | null;
}

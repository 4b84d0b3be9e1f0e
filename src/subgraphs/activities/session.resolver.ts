import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { reference, references } from '../../graph/fields.js';
import { Reads } from '../../graph/reads.js';
import { resolveTexts, type Texts } from '../../graph/translation.js';
import type { ActivitiesContext } from './context.js';
import { PlaceStub } from './directory.stub.js';
import { EventRoleType } from './event-role.type.js';
import { EventType } from './event.type.js';
import { GoodPracticeStub } from './practices.stub.js';
import type { SessionRow } from './session.fields.js';
import { SessionType } from './session.type.js';

@Resolver(() => SessionType)
export class SessionResolver {
  @Reads({ loader: 'eventById', key: 'eventId' })
  @FieldResolver(() => EventType, { nullable: true, description: 'The event that it is a part of.' })
  event(@Root() { eventId }: SessionRow, @Ctx() { loaders }: ActivitiesContext): Promise<EventType | null> | null {
    return eventId === null ? null : loaders.eventById.load(eventId);
  }

  @Reads({ reference: 'venueId' })
  @FieldResolver(() => PlaceStub, { nullable: true, description: 'The building or room in which people met.' })
  venue(@Root() { venueId }: SessionRow): PlaceStub | null {
    return reference(venueId);
  }

  @Reads({ reference: 'visitedId' })
  @FieldResolver(() => PlaceStub, { nullable: true, description: 'What a study visit went to see.' })
  visited(@Root() { visitedId }: SessionRow): PlaceStub | null {
    return reference(visitedId);
  }

  @Reads({ references: 'practicesIds' })
  @FieldResolver(() => [GoodPracticeStub], {
    nullable: 'itemsAndList',
    description: 'The good practices that were presented in it; empty where its source names none.',
  })
  practices(@Root() { practicesIds }: SessionRow): GoodPracticeStub[] {
    return references(practicesIds);
  }

  @FieldResolver(() => [EventRoleType], { nullable: true, description: 'Who had a part in this session.' })
  async roles(@Root() { id, eventId }: SessionRow, @Ctx() { loaders }: ActivitiesContext): Promise<EventRoleType[]> {
    // Out of the event's, so that both fields together cost one statement.
    const roles = eventId === null ? [] : await loaders.rolesByEvent.load(eventId);
    return roles.filter(({ sessionId }) => sessionId === id);
  }
}

/** Its texts that exist in several languages. */
export const sessionTexts = {
  subject: { nullable: true, description: 'What people spoke of or saw; null where no source tells.' },
} as const satisfies Texts;

resolveTexts(SessionResolver, sessionTexts);

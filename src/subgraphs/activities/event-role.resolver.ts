import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { reference } from '../../graph/fields.js';
import { Reads } from '../../graph/reads.js';
import { resolveTexts, type Texts } from '../../graph/translation.js';
import type { ActivitiesContext } from './context.js';
import { PartnerStub } from './directory.stub.js';
import type { EventRoleRow } from './event-role.fields.js';
import { EventRoleType } from './event-role.type.js';
import { EventType } from './event.type.js';
import { SessionType } from './session.type.js';

@Resolver(() => EventRoleType)
export class EventRoleResolver {
  @Reads({ loader: 'eventById', key: 'eventId' })
  @FieldResolver(() => EventType, { nullable: true, description: 'The event that they had a part in.' })
  event(@Root() { eventId }: EventRoleRow, @Ctx() { loaders }: ActivitiesContext): Promise<EventType | null> | null {
    return eventId === null ? null : loaders.eventById.load(eventId);
  }

  @FieldResolver(() => SessionType, {
    nullable: true,
    description: 'The session that they had the part in; null for the event as a whole.',
  })
  async session(
    @Root() { eventId, sessionId }: EventRoleRow,
    @Ctx() { loaders }: ActivitiesContext,
  ): Promise<SessionType | null> {
    if (eventId === null || sessionId === null) return null;
    // Out of the event's, so that both fields together cost one statement.
    const sessions = await loaders.sessionsByEvent.load(eventId);
    return sessions.find(({ id }) => id === sessionId) ?? null;
  }

  @Reads({ reference: 'partnerId' })
  @FieldResolver(() => PartnerStub, { nullable: true, description: 'The organisation; null for a group of people.' })
  partner(@Root() { partnerId }: EventRoleRow): PartnerStub | null {
    return reference(partnerId);
  }
}

/** Its texts that exist in several languages. */
export const eventRoleTexts = {
  label: {
    nullable: true,
    description: 'The group, such as "international experts"; null for an organisation. Never names a person.',
  },
  contribution: { nullable: true, description: 'What they brought in, in a few words; null where no source tells.' },
} as const satisfies Texts;

resolveTexts(EventRoleResolver, eventRoleTexts);

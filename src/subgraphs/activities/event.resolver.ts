import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { reference, references } from '../../graph/fields.js';
import { findBy } from '../../graph/find.js';
import { Reads } from '../../graph/reads.js';
import { resolveTexts, type Texts } from '../../graph/translation.js';
import type { ActivitiesContext } from './context.js';
import { PartnerStub, PlaceStub, ProjectStub, RegionStub } from './directory.stub.js';
import { eventFields, type EventRow } from './event.fields.js';
import { EventRoleType } from './event-role.type.js';
import { EventArguments, EventConnection, EventType } from './event.type.js';
import { ThemeStub } from './practices.stub.js';
import { SessionType } from './session.type.js';

@Resolver(() => EventType)
export class EventResolver {
  @Reads({ loaders: { id: 'eventById', slug: 'eventBySlug' } })
  @Query(() => EventType, {
    nullable: true,
    description: 'The event with this id or slug; null and a NOT_FOUND error where you may see none.',
  })
  event(
    @Arg('id', () => ID, { nullable: true, description: "The event's id." }) id: string | undefined,
    @Arg('slug', () => String, {
      nullable: true,
      description: 'Its readable key, such as `innocrafts-barcelona-2012`.',
    })
    slug: string | undefined,
    @Ctx() { loaders }: ActivitiesContext,
  ): Promise<EventType> {
    return findBy<EventRow>(eventFields, { id: [id, loaders.eventById], slug: [slug, loaders.eventBySlug] });
  }

  @Reads({ loader: 'events' })
  @Query(() => EventConnection, { nullable: true, description: 'Events by project, place, theme, host, type or date.' })
  events(@Args(() => EventArguments) args: ConnectionArguments, @Ctx() { loaders }: ActivitiesContext) {
    return loaders.events(args);
  }

  @Reads({ reference: 'cityId' })
  @FieldResolver(() => PlaceStub, { nullable: true, description: 'The city it took place in; null where unknown.' })
  city(@Root() { cityId }: EventRow): PlaceStub | null {
    return reference(cityId);
  }

  @Reads({ reference: 'venueId' })
  @FieldResolver(() => PlaceStub, {
    nullable: true,
    description: 'The building that all of it took place in; null where unknown, or where sessions name their own.',
  })
  venue(@Root() { venueId }: EventRow): PlaceStub | null {
    return reference(venueId);
  }

  @Reads({ reference: 'regionId' })
  @FieldResolver(() => RegionStub, {
    nullable: true,
    description: 'The smallest known region around it; null where unknown or online.',
  })
  region(@Root() { regionId }: EventRow): RegionStub | null {
    return reference(regionId);
  }

  @Reads({ reference: 'projectId' })
  @FieldResolver(() => ProjectStub, { nullable: true, description: 'The project that held it.' })
  project(@Root() { projectId }: EventRow): ProjectStub | null {
    return reference(projectId);
  }

  @Reads({ reference: 'hostId' })
  @FieldResolver(() => PartnerStub, {
    nullable: true,
    description: 'The organisation that hosted it, the first of several; `roles` has them all. Null where unknown.',
  })
  host(@Root() { hostId }: EventRow): PartnerStub | null {
    return reference(hostId);
  }

  @Reads({ references: 'themesIds' })
  @FieldResolver(() => [ThemeStub], { nullable: 'itemsAndList', description: 'The subjects that it was about.' })
  themes(@Root() { themesIds }: EventRow): ThemeStub[] {
    return references(themesIds);
  }

  @Reads({ references: 'participantCountriesIds' })
  @FieldResolver(() => [RegionStub], {
    nullable: 'itemsAndList',
    description: 'The countries that participants came from, in the order of the source; empty where it names none.',
  })
  participantCountries(@Root() { participantCountriesIds }: EventRow): RegionStub[] {
    return references(participantCountriesIds);
  }

  @Reads({ loader: 'sessionsByEvent' })
  @FieldResolver(() => [SessionType], {
    nullable: true,
    description: 'Its parts, day by day; those whose day no source tells come last.',
  })
  sessions(@Root() { id }: EventRow, @Ctx() { loaders }: ActivitiesContext): Promise<SessionType[]> {
    return loaders.sessionsByEvent.load(id);
  }

  @Reads({ loader: 'rolesByEvent' })
  @FieldResolver(() => [EventRoleType], {
    nullable: true,
    description: 'Who had a part in it as a whole or in one of its sessions; `session` says which.',
  })
  roles(@Root() { id }: EventRow, @Ctx() { loaders }: ActivitiesContext): Promise<EventRoleType[]> {
    return loaders.rolesByEvent.load(id);
  }
}

/** Its texts that exist in several languages. */
export const eventTexts = {
  title: { description: 'What it was called.' },
  alternativeTitle: {
    nullable: true,
    description: 'What the same or another source calls it besides; null where it has one name.',
  },
  description: {
    nullable: true,
    description: 'What else is known of it, in a few sentences; null where that is nothing.',
  },
  method: { nullable: true, description: 'How people were to learn from each other; null where no source tells.' },
  objectives: { isList: true, description: 'What participants were to learn or achieve; empty where no source tells.' },
  agenda: { isList: true, description: 'The items to be dealt with, in their order; empty where no source tells.' },
  decisions: { isList: true, description: 'What was decided; empty where no source tells of a decision.' },
  followUps: { isList: true, description: 'What was to happen next; empty where no source tells.' },
} as const satisfies Texts;

resolveTexts(EventResolver, eventTexts);

import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Reads } from '../../graph/reads.js';
import { resolveTexts, type Texts } from '../../graph/translation.js';
import type { ActivitiesContext } from './context.js';
import { EventType } from './event.type.js';
import type { OutputUpdateRow } from './output-update.fields.js';
import { OutputUpdateType } from './output-update.type.js';
import { OutputType } from './output.type.js';

@Resolver(() => OutputUpdateType)
export class OutputUpdateResolver {
  @Reads({ loader: 'outputById', key: 'outputId' })
  @FieldResolver(() => OutputType, { nullable: true, description: 'The output that it is about.' })
  output(
    @Root() { outputId }: OutputUpdateRow,
    @Ctx() { loaders }: ActivitiesContext,
  ): Promise<OutputType | null> | null {
    return outputId === null ? null : loaders.outputById.load(outputId);
  }

  @Reads({ loader: 'eventById', key: 'eventId' })
  @FieldResolver(() => EventType, {
    nullable: true,
    description: 'The event at which it was told; null where it was told otherwise.',
  })
  event(@Root() { eventId }: OutputUpdateRow, @Ctx() { loaders }: ActivitiesContext): Promise<EventType | null> | null {
    return eventId === null ? null : loaders.eventById.load(eventId);
  }
}

/** Its texts that exist in several languages. */
export const outputUpdateTexts = {
  note: { nullable: true, description: 'What else was told of it; null where that was all.' },
} as const satisfies Texts;

resolveTexts(OutputUpdateResolver, outputUpdateTexts);

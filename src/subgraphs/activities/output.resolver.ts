import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { ConnectionArguments } from '../../graph/connection.js';
import { reference } from '../../graph/fields.js';
import { findBy } from '../../graph/find.js';
import { Reads } from '../../graph/reads.js';
import { resolveTexts, type Texts } from '../../graph/translation.js';
import type { ActivitiesContext } from './context.js';
import { PartnerStub, ProjectStub } from './directory.stub.js';
import { outputFields, type OutputRow } from './output.fields.js';
import { OutputUpdateType } from './output-update.type.js';
import { OutputArguments, OutputConnection, OutputType } from './output.type.js';

@Resolver(() => OutputType)
export class OutputResolver {
  @Reads({ loaders: { id: 'outputById', slug: 'outputBySlug' } })
  @Query(() => OutputType, {
    nullable: true,
    description: 'The output with this id or slug; null and a NOT_FOUND error where you may see none.',
  })
  output(
    @Arg('id', () => ID, { nullable: true, description: "The output's id." }) id: string | undefined,
    @Arg('slug', () => String, { nullable: true, description: 'Its readable key, such as `scale-sme-toolkit`.' }) slug:
      | string
      | undefined,
    @Ctx() { loaders }: ActivitiesContext,
  ): Promise<OutputType> {
    return findBy<OutputRow>(outputFields, { id: [id, loaders.outputById], slug: [slug, loaders.outputBySlug] });
  }

  @Reads({ loader: 'outputs' })
  @Query(() => OutputConnection, {
    nullable: true,
    description: 'Outputs by project, type, responsible organisation or status.',
  })
  outputs(@Args(() => OutputArguments) args: ConnectionArguments, @Ctx() { loaders }: ActivitiesContext) {
    return loaders.outputs(args);
  }

  @Reads({ reference: 'responsibleId' })
  @FieldResolver(() => PartnerStub, {
    nullable: true,
    description: 'The organisation that sees to it; null if unknown.',
  })
  responsible(@Root() { responsibleId }: OutputRow): PartnerStub | null {
    return reference(responsibleId);
  }

  @Reads({ reference: 'projectId' })
  @FieldResolver(() => ProjectStub, { nullable: true, description: 'The project that made it.' })
  project(@Root() { projectId }: OutputRow): ProjectStub | null {
    return reference(projectId);
  }

  @Reads({ loader: 'usesByOutput' })
  @FieldResolver(() => [OutputType], { nullable: true, description: 'The outputs that it builds on or hosts.' })
  uses(@Root() { id }: OutputRow, @Ctx() { loaders }: ActivitiesContext): Promise<OutputType[]> {
    return loaders.usesByOutput.load(id);
  }

  @Reads({ loader: 'updatesByOutput' })
  @FieldResolver(() => [OutputUpdateType], {
    nullable: true,
    description: 'What was told of its status, the latest first.',
  })
  updates(@Root() { id }: OutputRow, @Ctx() { loaders }: ActivitiesContext): Promise<OutputUpdateType[]> {
    return loaders.updatesByOutput.load(id);
  }
}

/** Its texts that exist in several languages. */
export const outputTexts = {
  title: { description: 'What it is called, or what it is where it has no name.' },
  purpose: { nullable: true, description: 'What its users are to do with it; null where no source tells.' },
  description: {
    nullable: true,
    description: 'Its parts or chapters, in a few sentences; null where no source tells.',
  },
} as const satisfies Texts;

resolveTexts(OutputResolver, outputTexts);

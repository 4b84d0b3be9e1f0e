import { composeServices, compositionHasErrors } from '@theguild/federation-composition';
import { BREAK, buildSchema, GraphQLError, validateSchema, visit, type GraphQLSchema } from 'graphql';
import { endless, placeOf, told, type Place, type Said } from '../../graph/joining/said.js';
import { find, type SubgraphSdl } from '../../graph/joining/sdl.js';

/** What a composer makes of the graph with the partner in it. */
export interface Composed {
  supergraphSdl: string;
  /** What clients would see. */
  schema: GraphQLSchema;
}

/** A composer's answer: the graph, or why there is none. */
export type Composition = Composed | Said[];

/** Composes with the composer that this program runs with. */
export function compose(theirs: SubgraphSdl, ours: readonly SubgraphSdl[]): Composition {
  return guarded('The composer', theirs, ours, () => {
    const result = composeServices([...ours, theirs].map((subgraph) => ({ ...subgraph, url: '' })));
    if (compositionHasErrors(result))
      return result.errors.map(({ message, extensions }) => `${String(extensions['code'])}: ${message}`);
    const schema = buildSchema(result.publicSdl);
    const faults = validateSchema(schema).map(({ message }) => message);
    return faults.length > 0 ? faults : { supergraphSdl: result.supergraphSdl, schema };
  });
}

/** What the second composer says, or that it is not here: it comes with a checkout of this repository, not with the program. */
export async function composeAgain(theirs: SubgraphSdl, ours: readonly SubgraphSdl[]): Promise<Said[] | 'missing'> {
  const composer = await secondComposer();
  if (composer === undefined) return 'missing';
  const { federateSubgraphs, ROUTER_COMPATIBILITY_VERSION_ONE: version } = composer;
  const outcome = guarded('A second composer', theirs, ours, () => {
    const subgraphs = [...ours, theirs].map(({ name, typeDefs }) => ({ name, url: '', definitions: typeDefs }));
    const result = federateSubgraphs({ subgraphs, version });
    return result.success
      ? { supergraphSdl: '', schema: result.federatedGraphClientSchema }
      : result.errors.map(({ message }) => message);
  });
  return Array.isArray(outcome) ? outcome : [];
}

async function secondComposer() {
  try {
    return await import('@wundergraph/composition');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** Composers are not made for every text: what they throw is a fault of the subgraph as well, since ours alone compose. */
function guarded(
  composer: string,
  theirs: SubgraphSdl,
  ours: readonly SubgraphSdl[],
  run: () => Composed | string[],
): Composition {
  try {
    const outcome = run();
    if (!Array.isArray(outcome)) return outcome;
    const refusals = outcome.map((message) => refusal(composer, message, theirs, ours));
    // Every use of a type that does not fit is refused again.
    const byPlace = Map.groupBy(refusals, (each) =>
      each.theirs ? `${each.theirs.line}:${each.theirs.column}` : each.message,
    );
    return [...byPlace.values()].flatMap(([first, ...more]) => {
      if (first === undefined || more.length === 0) return first ?? [];
      return { ...first, message: `${first.message} There are ${more.length} more about it.` };
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof RangeError) return [refusal(composer, endless, theirs, ours)];
    const reason = error instanceof GraphQLError ? error.message : `${error.name}: ${error.message}`;
    return [refusal(composer, reason, theirs, ours)];
  }
}

/** A composer names what it means by `Type` or `Type.field`: the first that stands in an SDL is the place. */
function refusal(composer: string, message: string, theirs: SubgraphSdl, ours: readonly SubgraphSdl[]): Said {
  const coordinates = [...message.matchAll(/\b[A-Z]\w*(?:\.\w+)?/g)].map(([coordinate]) => coordinate);
  const there = coordinates.flatMap((each) => find([theirs], each) ?? mentioned(theirs, each) ?? []).at(0);
  const own = coordinates.flatMap((each) => find(ours, each) ?? []).at(0);
  return {
    level: 'fault',
    message: `${composer} refuses it: ${told(message, 600)}`,
    mend: 'Change your side of it: ours composes without you.',
    ...(there && { theirs: there }),
    ...(own && { ours: own }),
  };
}

/** Where a subgraph uses a type that it may not define. */
function mentioned({ typeDefs }: SubgraphSdl, name: string): Place | undefined {
  let place: Place | undefined;
  visit(typeDefs, {
    NamedType: (node) => {
      if (node.name.value !== name) return undefined;
      place = placeOf(node);
      return BREAK;
    },
  });
  return place;
}

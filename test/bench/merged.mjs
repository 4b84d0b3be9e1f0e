// The deep query's part of the graph as a careful hand would write it for one process: one schema, one set of loaders, plain
// resolvers. No subgraphs, no references: an edge loads its record.
import { addResolversToSchema } from '../../node_modules/@graphql-tools/schema/esm/index.js';
import { buildSchema } from '../../node_modules/graphql/index.js';
import { fusedExecutor } from '../../dist/graph/executor.js';
import { findBy } from '../../dist/graph/find.js';
import { directoryLoaders } from '../../dist/subgraphs/directory/directory.loaders.js';
import { partnerFields } from '../../dist/subgraphs/directory/partner.fields.js';
import { practicesLoaders } from '../../dist/subgraphs/practices/practices.loaders.js';
import { transfersLoaders } from '../../dist/subgraphs/transfers/transfers.loaders.js';

const resolvers = {
  Query: {
    partner: (_root, { id, slug }, { loaders }) =>
      findBy(partnerFields, { id: [id, loaders.partnerById], slug: [slug, loaders.partnerBySlug] }),
  },
  Partner: {
    goodPractices: ({ id }, args, { loaders }) => loaders.goodPracticesByOwner(args, id),
  },
  GoodPractice: {
    title: async (row, { language }, { loaders }) =>
      (await loaders.translations.load(row, language)).get('title')?.text ?? row.title,
    transfers: ({ id }, args, { loaders }) => loaders.transfersByPractice(args, id),
  },
  Transfer: {
    destination: ({ destinationId }, _args, { loaders }) => destinationId && loaders.regionById.load(destinationId),
    receiver: ({ receiverId }, _args, { loaders }) => receiverId && loaders.partnerById.load(receiverId),
    outcomes: ({ id }, _args, { loaders }) => loaders.outcomesByTransfer.load(id),
  },
  Outcome: {
    indicator: ({ indicatorId }, _args, { loaders }) => indicatorId && loaders.indicatorById.load(indicatorId),
  },
};

/** Answers the deep query on the API schema, and says what a request's context is. */
export function mergedGraph(publicSdl) {
  return {
    executor: fusedExecutor(addResolversToSchema({ schema: buildSchema(publicSdl), resolvers })),
    contextFor: ({ read }) => ({
      loaders: { ...directoryLoaders(read), ...practicesLoaders(read), ...transfersLoaders(read) },
    }),
  };
}

import { GraphQLError, type ASTVisitor, type ValidationContext } from 'graphql';

const kinds = { mutation: 'mutations', subscription: 'subscriptions' } as const;

/** Refuses an operation of a kind that the schema has no root type for; graphql-js finds out while it executes. */
export const operationsThatExist = (context: ValidationContext): ASTVisitor => ({
  OperationDefinition: (node) => {
    const { operation } = node;
    if (operation === 'query' || context.getSchema().getRootType(operation)) return;
    context.reportError(new GraphQLError(`This graph has no ${kinds[operation]}.`, { nodes: node }));
  },
});

import { FieldResolver, Resolver, Root } from 'type-graphql';
import { fieldOf } from '../record.fields.js';
import type { RevisionRow } from './revision.fields.js';
import { FieldChangeType, RevisionType } from './revision.type.js';

@Resolver(() => RevisionType)
export class RevisionResolver {
  @FieldResolver(() => [FieldChangeType], {
    nullable: true,
    description:
      'The fields that changed; empty for a new record, and where a part of it changed that is no field of its own.',
  })
  changes(@Root() { changes }: RevisionRow): FieldChangeType[] {
    const columns = JSON.parse(changes) as { column: string; before: string | null; after: string | null }[];
    return columns.map(({ column, before, after }) => ({ field: fieldOf(column), before, after }));
  }
}

import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo, whereType } from '../../graph/connection-types.js';
import type { Where } from '../../graph/filter.js';
import { DateTimeScalar } from '../../graph/scalars.js';
import { Origin } from '../record.fields.js';
import { records } from '../records.js';
import { ChangeKind, changeFields, RecordKind, type ChangeRow } from './change.fields.js';

registerEnumType(ChangeKind, {
  name: 'ChangeKind',
  description: 'What became of a record for everyone. Drafts, and what becomes of them, are not told.',
  valuesConfig: {
    CREATED: { description: 'It is open to everyone from now on: new, or opened.' },
    UPDATED: { description: 'It, or a part of it, changed: read it again.' },
    DELETED: { description: 'It is taken out, or open to everyone no more: drop your copy.' },
  },
});
registerEnumType(RecordKind, {
  name: 'RecordKind',
  description: 'What a record is, by the type that the graph has for it.',
  valuesConfig: Object.fromEntries(
    Object.entries(records).map(([type, { table, prefix }]) => [
      table.toUpperCase(),
      { description: `\`${type}\` in this graph, with ids such as ${prefix}_….` },
    ]),
  ),
});

@ObjectType('Change', { description: 'That a record which everyone may see changed, came or went. Kept for 90 days.' })
export class ChangeType {
  @Field(() => ID, { description: 'Whose change it is, also where that is gone by now.' }) recordId!: string;
  @Field(() => ChangeKind, { description: 'What became of it then; later changes follow.' }) kind!: ChangeKind;
  @Field(() => Int, { description: 'The version of the record that the change led to.' }) version!: number;
  @Field(() => DateTimeScalar, { description: 'When its transaction began.' }) at!: string;
}

@ObjectType('ChangeEdge', { description: 'A change with its place in the feed.' })
class ChangeEdge {
  @Field(() => ChangeType, { description: 'The change at this place.' }) node!: ChangeRow;
  @Field(() => String, { description: 'This place, for `since`.' }) cursor!: string;
}

@ObjectType('ChangeConnection', { description: 'Changes that follow each other, oldest first.' })
export class ChangeConnection {
  @Field(() => [ChangeType], { description: 'The changes of this page.' }) nodes!: ChangeRow[];
  @Field(() => [ChangeEdge], { description: 'The changes of this page, each with its cursor.' }) edges!: ChangeEdge[];
  @Field(() => PageInfo, {
    description:
      'Where to go on: at `endCursor`, also when nothing is new, and at once where `hasNextPage`, also when the page is empty because of `where`.',
  })
  pageInfo!: PageInfo;
}

const ChangeWhere = whereType({ ...changeFields }, 'changes', { Origin, RecordKind });

@ArgsType()
export class ChangeArguments {
  @Field(() => String, {
    nullable: true,
    description:
      'The cursor where you stopped; null for the oldest change that is kept; `now` for the place after all there is, with which a copy begins before its lists are read. CURSOR_EXPIRED when what followed it is not kept any more.',
  })
  since?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many at most: 20 when no number is given, at most 100.' })
  first?: number | null;

  @Field(() => ChangeWhere, { nullable: true, description: 'Only the changes that match.' })
  where?: Where | null;
}

import type { ClassType } from 'type-graphql';
import type { NodeType } from '../record.type.js';
import { recordStub } from '../record.stub.js';
import { records, type RecordTypeName } from '../records.js';

/** Every record as this subgraph sees it: an id, found by `node`, to be filled by its owner. */
export const nodeStubs = Object.fromEntries(Object.keys(records).map((type) => [type, recordStub(type)])) as Record<
  RecordTypeName,
  ClassType<NodeType>
>;

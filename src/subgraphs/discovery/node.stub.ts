import type { ClassType } from 'type-graphql';
import { recordStub } from '../record.stub.js';
import { records } from '../records.js';

/** Every record as this subgraph sees it: an id, found by `node`, to be filled by its owner. */
export const nodeStubs: ClassType[] = Object.keys(records).map(recordStub);

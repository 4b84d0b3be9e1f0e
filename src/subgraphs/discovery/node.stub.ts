import { Directive, ObjectType, type ClassType } from 'type-graphql';
import { NodeType } from '../record.type.js';
import { records } from '../records.js';

function stubOf(type: string): ClassType {
  class Stub extends NodeType {}
  Directive('@key(fields: "id")')(Stub);
  ObjectType(type, { implements: NodeType })(Stub);
  return Stub;
}

/** Every record as this subgraph sees it: an id, found by `node`, to be filled by its owner. */
export const nodeStubs: ClassType[] = Object.keys(records).map(stubOf);

import { Directive, ObjectType, type ClassType } from 'type-graphql';
import { NodeType } from './record.type.js';

/** A record of another subgraph as a key to hang fields on. Each subgraph makes its own: fields of one class leak. */
export function recordStub(type: string): ClassType<NodeType> {
  class Stub extends NodeType {}
  Directive('@key(fields: "id")')(Stub);
  ObjectType(type, { implements: NodeType })(Stub);
  return Stub;
}

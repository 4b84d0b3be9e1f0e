import { Directive, ObjectType } from 'type-graphql';
import { FigureType } from '../figure.type.js';

@Directive('@key(fields: "id")')
@ObjectType('Measurement', { description: 'A figure that is evidence for a practice.' })
export class MeasurementType extends FigureType {}

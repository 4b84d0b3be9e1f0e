export const Qualifier = { EXACT: 'EXACT', ABOUT: 'ABOUT', MORE_THAN: 'MORE_THAN', LESS_THAN: 'LESS_THAN' } as const;
export type Qualifier = keyof typeof Qualifier;

export const Direction = { INCREASE: 'INCREASE', DECREASE: 'DECREASE' } as const;
export type Direction = keyof typeof Direction;

/** The figures of one measurement, of a practice or of a transfer alike. */
export const figureFields = [
  'baseline',
  'target',
  'achieved',
  'achievedOn',
  'achievedOnPrecision',
  'qualifier',
  'method',
  'note',
] as const;

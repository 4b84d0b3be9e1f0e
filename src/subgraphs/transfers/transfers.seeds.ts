import type { SeedFile } from '../manifest.js';
export const transfersSeeds: SeedFile[] = [];

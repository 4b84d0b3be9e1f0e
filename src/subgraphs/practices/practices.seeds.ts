import type { SeedFile } from '../manifest.js';
export const practicesSeeds: SeedFile[] = [];

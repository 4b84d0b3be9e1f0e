import type { SeedFile } from '../manifest.js';
export const directorySeeds: SeedFile[] = [];

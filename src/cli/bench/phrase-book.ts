import { bg } from './phrases-bg.js';
import { de } from './phrases-de.js';
import { en } from './phrases-en.js';
import { es } from './phrases-es.js';
import { fr } from './phrases-fr.js';
import { hu } from './phrases-hu.js';
import { it } from './phrases-it.js';

/** English is everywhere, so it comes first. */
export const phraseBook = { en, it, fr, de, es, hu, bg };
export type Language = keyof typeof phraseBook;
export const languages = Object.keys(phraseBook) as Language[];

import { p } from '@mikro-orm/core';
import { choiceOf, code } from '../database/columns.js';
import { Confidence, Origin, PublicationStatus } from './record.fields.js';

/** What every record has. `version` and `updatedAt` are kept by triggers, whoever writes. */
export const recordColumns = {
  id: code().primary(),
  createdAt: p.datetime().defaultRaw('now()'),
  updatedAt: p.datetime().defaultRaw('now()'),
  version: p.integer().default(1),
  publicationStatus: choiceOf(PublicationStatus).default('PUBLISHED'),
  withdrawnReason: p.text().nullable(),
  origin: choiceOf(Origin).default('REPORTED'),
  language: code().default('en'),
  sourceUrl: p.text().nullable(),
  sourceNote: p.text().nullable(),
  confidence: choiceOf(Confidence).default('STATED'),
};

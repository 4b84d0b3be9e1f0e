import { z } from 'zod';
import { optional, recordKey, text } from '../record.inputs.js';
import { EventRoleKind } from './event-role.fields.js';
import { partInput } from './part.inputs.js';

const eventRoleInput = z
  .strictObject({
    role: z.enum(EventRoleKind).describe('What they did.'),
    partner: optional(recordKey).describe('The organisation, by slug or id.'),
    label: optional(text).describe('A group in words, such as "international experts". Never the name of a person.'),
    contribution: optional(text).describe('What they contributed, such as the subject of a speech.'),
    ...partInput,
  })
  .meta({ title: 'EventRoleInput', description: 'Who did what: an organisation, or a group without a record.' })
  .refine(({ partner, label }) => (partner === null) !== (label === null), {
    path: ['partner'],
    error: 'Name either a partner or, for a group without a record, a label.',
  });
export type EventRoleInput = z.output<typeof eventRoleInput>;

/** Who did what, each once. */
export const eventRolesInput = z
  .array(eventRoleInput)
  .check(({ value, issues }) => {
    const seen = new Set<string>();
    for (const [index, { role, partner, label }] of value.entries())
      if (seen.size === seen.add(`${role} ${partner} ${label}`).size)
        issues.push({
          code: 'custom',
          input: value,
          path: [index, 'role'],
          message: `${partner ?? `'${label}'`} is ${role} here already. Take one out.`,
        });
  })
  .default([]);

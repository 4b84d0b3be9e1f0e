import { sql } from 'kysely';
import { Resolver, type ClassType } from 'type-graphql';
import { z } from 'zod';
import { explained } from '../mutation.inputs.js';
import { held, mend, mutate, type Aimed } from '../mutation.service.js';
import { adder, aim } from '../mutations.js';
import { text } from '../record.inputs.js';
import { Partner } from './partner.entity.js';
import { partnerFields } from './partner.fields.js';
import { PartnerObject } from './partner.type.js';

const which = z.strictObject({ role: text.describe('Whom one reaches by it, as `contacts` has it.') });

/** Contacts taken out for good, as whoever they lead to may ask. */
function contactMutations(): ClassType {
  const Made = Object.defineProperty(class {}, 'name', { value: 'PartnerContactMutations' }) as ClassType;
  adder({ fields: partnerFields, type: () => PartnerObject, loader: 'partnerById' }, Made)(
    'ContactErase',
    'Erases a contact of an organisation: how to reach it goes at once, from all that is kept of earlier versions too. For the organisation and admins.',
    { ...aim, ...which.shape },
    ({ viewer, write }, input: Aimed, name) =>
      mutate({ viewer, write }, { name, input, id: input.id }, async (em) => {
        await held(em, partnerFields, Partner, input);
        const { id, expectedVersion: _version, idempotencyKey: _key, ...said } = input as Aimed & object;
        const { role } = explained(which, said);
        const { rows } = await sql<{ isErased: boolean }>`
          select goodgraph_erase_contact(${id}, ${role}) as "isErased"`.execute(em.getKysely<unknown>());
        const message = 'No contact of this organisation has this role. Write it as `contacts` has it.';
        mend(rows[0]?.isErased ? [] : [{ field: ['role'], code: 'NOT_FOUND', message }]);
      }),
  );
  Resolver()(Made);
  return Made;
}

export const PartnerContactMutations = contactMutations();

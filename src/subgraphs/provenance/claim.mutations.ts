import { Resolver, type ClassType } from 'type-graphql';
import { z } from 'zod';
import { newId } from '../../graph/ids.js';
import { explained } from '../mutation.inputs.js';
import { held, mend, mutate, type Aimed, type Keyed } from '../mutation.service.js';
import { adder, aim } from '../mutations.js';
import { text } from '../record.inputs.js';
import { Claim } from './claim.entity.js';
import { claimFields } from './claim.fields.js';
import { claimForm } from './claim.inputs.js';
import { enterClaim, selectClaim, withdrawClaim } from './claim-form.service.js';
import { ClaimType } from './claim.type.js';

const why = z.strictObject({ note: text.describe('Why, in a sentence.') });

/** Claims by mutations: entered, one of them selected, and taken back. */
function claimMutations(): ClassType {
  const Made = Object.defineProperty(class {}, 'name', { value: 'ClaimMutations' }) as ClassType;
  const add = adder({ fields: claimFields, type: () => ClaimType, loader: 'claimById' }, Made);
  add(
    'Create',
    'Enters what a source says of one field of a record, beside what the record shows. Owners and reviewers may.',
    claimForm.shape,
    ({ viewer, write }, { idempotencyKey, ...form }: Keyed, name) => {
      const id = newId(claimFields.prefix);
      return mutate({ viewer, write }, { name, input: { idempotencyKey, ...form }, id }, async (em) =>
        mend(await enterClaim(em, id, explained(claimForm, form))),
      );
    },
  );
  add(
    'Select',
    'Makes a claim the one that its record shows of the field; no other one is any more. The field itself is changed by the mutation of its record.',
    aim,
    ({ viewer, write }, input: Aimed, name) =>
      mutate({ viewer, write }, { name, input, id: input.id }, async (em) =>
        mend(await selectClaim(em, await held(em, claimFields, Claim, input))),
      ),
  );
  add(
    'Withdraw',
    'Takes back a claim that is wrong, such as one that its source does not make; the note says why.',
    { ...aim, ...why.shape },
    ({ viewer, write }, input: Aimed, name) =>
      mutate({ viewer, write }, { name, input, id: input.id }, async (em) => {
        const claim = await held(em, claimFields, Claim, input);
        const { id: _id, expectedVersion: _version, idempotencyKey: _key, ...said } = input as Aimed & object;
        mend(await withdrawClaim(em, claim, explained(why, said).note));
      }),
  );
  Resolver()(Made);
  return Made;
}

export const ClaimMutations = claimMutations();

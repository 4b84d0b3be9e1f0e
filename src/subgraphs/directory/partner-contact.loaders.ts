import { sql } from 'kysely';
import type { Read } from '../../graph/context.js';
import { manyBy, oneBy } from '../../graph/loaders.js';
import type { PartnerContact } from './partner.fields.js';

export const contactKey = ({ partnerId, position }: Pick<PartnerContact, 'partnerId' | 'position'>): string =>
  `${partnerId}/${position}`;

export const partnerContactLoaders = (read: Read) => ({
  contactsByPartner: manyBy<PartnerContact>(
    read,
    (ids) =>
      read(sql<PartnerContact>`select partner_id as "partnerId", position, role, text, url from partner_contact
        where partner_id = any(${ids}::text[]) order by partner_id, position`),
    ({ partnerId }) => partnerId,
  ),
  /** Refused by the database for who is not signed in. */
  emailByContact: oneBy<{ key: string; email: string }>(
    read,
    (keys) =>
      read(sql<{
        key: string;
        email: string;
      }>`select partner_id || '/' || position as key, email from partner_contact_email
        where partner_id || '/' || position = any(${keys}::text[])
          and partner_id = any(${keys.map((key) => key.split('/')[0] ?? '')}::text[])`),
    ({ key }) => key,
  ),
});

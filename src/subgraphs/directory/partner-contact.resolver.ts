import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { DirectoryContext } from './context.js';
import { contactKey } from './partner-contact.loaders.js';
import { PartnerContactType } from './partner-detail.type.js';
import type { PartnerContact } from './partner.fields.js';

@Resolver(() => PartnerContactType)
export class PartnerContactResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Where to write to: for those who are signed in; nobody else may ask for it. Null where none is known.',
  })
  async email(@Root() contact: PartnerContact, @Ctx() { loaders, viewer }: DirectoryContext): Promise<string | null> {
    // Whoever gets here past the decision on this field is not told either: the database would fail.
    if (viewer.role === 'ANONYMOUS') return null;
    return (await loaders.emailByContact.load(contactKey(contact)))?.email ?? null;
  }
}

import { firstWhere, type Pages } from '../../../core/http/pages';
import type { LocatorMode } from './locator';

interface ByEmail<Store, Row> {
  /** What the store lists for an address; more may be among it, for stores look for parts of one. */
  pages(store: Store, email: string): Pages<Row>;
  emailOf(row: Row): string | null | undefined;
  /** The list tells all that the store tells of a customer. */
  findsWhole?: true;
  /** What to do where no customer has the address, behind the advice to check it. */
  otherwise: string;
}

/** *By Email* of a store that can be asked for the customers with an e-mail address. Capitals in it mean nothing. */
export const byEmail = <Store, Row>({
  pages,
  emailOf,
  findsWhole,
  otherwise,
}: ByEmail<Store, Row>): LocatorMode<Store, Row> => ({
  displayName: 'By Email',
  mode: 'email',
  example: 'e.g. name@email.com',
  find: async (store, email) =>
    await firstWhere(
      pages(store, email),
      (row) => emailOf(row)?.toLowerCase() === email.toLowerCase(),
    ),
  ...(findsWhole && { findsWhole }),
  notFound: {
    message: 'No customer has this e-mail address',
    fix: `Check the address in the field Customer${otherwise}`,
  },
});

import type { Environment } from '../environment';
import type { Found, Requirement } from '../requirement';

/** What is done with one kind of requirement. */
export interface Kind<Wanted extends Requirement> {
  /** Reads only. */
  check(environment: Environment, wanted: Wanted): Promise<Found>;
  /** Makes the change that was found to be needed. Left out: it is the one request that was found. */
  make?(environment: Environment, wanted: Wanted): Promise<void>;
}

export const PRESENT = 'Nothing: it is there.';

/** For a table that nobody makes here. */
export const missingTable = (table: string): Found => ({
  state: 'missing',
  change: `Nothing: there is no table ${table} in this environment.`,
  fix: `Install the app that brings the table ${table}, such as Dynamics 365 Sales, or leave this part out.`,
});

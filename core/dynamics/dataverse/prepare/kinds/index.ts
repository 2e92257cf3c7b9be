import type { Environment } from '../environment';
import type { Found, KindName, Requirement } from '../requirement';
import { changeTrackingKind } from './changeTracking';
import { columnKind } from './column';
import { keyKind } from './key';
import type { Kind } from './kind';
import { roleKind } from './role';
import { tableKind } from './table';

type Kinds = { [Name in KindName]: Kind<Extract<Requirement, { kind: Name }>> };

const KINDS: Kinds = {
  table: tableKind,
  column: columnKind,
  key: keyKind,
  changeTracking: changeTrackingKind,
  role: roleKind,
};

/** The kind of a requirement; which one it is, its name says. */
const kindOf = ({ kind }: Requirement): Kind<Requirement> => KINDS[kind] as Kind<Requirement>;

/** How the environment stands to one requirement. Reads only. */
export const check = async (environment: Environment, wanted: Requirement): Promise<Found> =>
  await kindOf(wanted).check(environment, wanted);

/** Makes the change that was found to be needed. */
export async function make(
  environment: Environment,
  wanted: Requirement,
  { step }: Found,
): Promise<void> {
  const own = kindOf(wanted).make;
  if (own) await own(environment, wanted);
  else if (step) await environment.send(step);
}

import type { Engine } from '../engine';
import { errors } from '../errors';
import type { Row } from '../store/row';

/**
 * The user that a request acts as: `CallerObjectId` names it by its Entra ID object id, the older `MSCRMCallerID`
 * by its systemuserid. Undefined when the request acts as itself. Source: Dataverse docs, impersonate-another-user.
 */
export function actingAs(
  engine: Engine,
  headers: Readonly<Record<string, string>>,
): string | undefined {
  const objectId = headers.callerobjectid?.trim().toLowerCase();
  const userId = headers.mscrmcallerid?.trim().toLowerCase();
  const named = objectId || userId;
  if (!named) return undefined;
  if (!engine.switches.mayImpersonate) {
    throw errors.missingPrivilege(engine.userId, 'prvActOnBehalfOfAnotherUser');
  }
  return objectId
    ? userBy(engine, 'azureactivedirectoryobjectid', named)
    : userWithId(engine, named);
}

/** The user with this systemuserid. */
export const userWithId = (engine: Engine, id: string): string =>
  userBy(engine, 'systemuserid', id.toLowerCase());

function userBy(engine: Engine, column: string, named: string): string {
  const users: Iterable<Row> = engine.database.store('systemuser').rows.values();
  for (const user of users) {
    if (String(user[column] ?? '').toLowerCase() === named) return String(user.systemuserid);
  }
  throw errors.notFound('systemuser', named);
}

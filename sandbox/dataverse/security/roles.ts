import { errors } from '../errors';
import { json, noContent, type WebResponse } from '../../odata/http/message';
import type { Segment } from '../../odata/syntax/url';
import { bodyOf, type Call } from '../operations/call';
import type { JsonObject } from '../options';
import { contextUrl } from '../query/render';
import type { Table } from '../schema/model';
import type { Row } from '../store/row';
import {
  allPrivileges,
  type Depth,
  grantsOf,
  isDepth,
  privilegesOf,
  requirePrivilege,
  wider,
} from './privileges';

/** Which rights a user has, and giving rights to a role. Source: Web API function and action reference (2017). */

type Bound = (call: Call, row: Row) => WebResponse;

const retrieveUserPrivileges: Bound = (call, user) => {
  const { engine } = call;
  const names = allPrivileges(engine);
  const unit = user.businessunitid as { id: string } | undefined;
  const held = [...privilegesOf(engine, String(user.systemuserid))];
  const privileges: JsonObject[] = held.map(([id, depth]) => ({
    Depth: depth,
    PrivilegeId: id,
    BusinessUnitId: unit?.id ?? '',
    PrivilegeName: names.get(id) ?? '',
  }));
  const context = contextUrl(call.session, 'Microsoft.Dynamics.CRM.RetrieveUserPrivilegesResponse');
  return json(200, { '@odata.context': context, RolePrivileges: privileges });
};

interface Given {
  id: string;
  depth: Depth;
}

function readPrivilege(known: ReadonlyMap<string, string>, item: unknown): Given {
  const { PrivilegeId: id, Depth: depth } = (item ?? {}) as JsonObject;
  if (typeof id !== 'string' || !known.has(id.toLowerCase())) {
    throw errors.invalidArgument(`There is no privilege with the id '${String(id)}'.`);
  }
  if (!isDepth(depth)) {
    throw errors.query(
      `'${String(depth)}' is not a member of Microsoft.Dynamics.CRM.PrivilegeDepth.`,
    );
  }
  return { id: id.toLowerCase(), depth };
}

/** Nobody can give what they do not have themselves. */
const addPrivilegesRole: Bound = (call, role) => {
  const { engine, session } = call;
  requirePrivilege(engine, session, 'prvWriteRole');
  const { Privileges: list } = bodyOf(call);
  if (!Array.isArray(list)) throw errors.invalidArgument("The parameter 'Privileges' is missing.");
  const known = allPrivileges(engine);
  const given = list.map((item) => readPrivilege(known, item));
  for (const { id } of given) requirePrivilege(engine, session, known.get(id) ?? '');
  const grants = grantsOf(engine, String(role.roleid));
  for (const { id, depth } of given) grants.set(id, wider(grants.get(id), depth));
  return noContent();
};

const NAMESPACE = 'Microsoft.Dynamics.CRM.';

const MEMBERS: Readonly<Record<string, { table: string; method: string; run: Bound }>> = {
  RetrieveUserPrivileges: { table: 'systemuser', method: 'GET', run: retrieveUserPrivileges },
  AddPrivilegesRole: { table: 'role', method: 'POST', run: addPrivilegesRole },
};

/** Behind a row; only by the full name, with the namespace. Undefined: there is no such message of the table. */
export function securityMember(
  call: Call,
  table: Table,
  row: Row,
  { name }: Segment,
): WebResponse | undefined {
  if (!name.startsWith(NAMESPACE)) return undefined;
  const own = name.slice(NAMESPACE.length);
  const found = Object.hasOwn(MEMBERS, own) ? MEMBERS[own] : undefined;
  if (found?.table !== table.name) return undefined;
  if (call.request.method !== found.method) throw errors.noSegment(name);
  call.engine.context.counters.operation('dataverse', own);
  return found.run(call, row);
}

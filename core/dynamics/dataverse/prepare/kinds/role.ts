import { v5 as namedId } from 'uuid';

import { isRow } from '../../../../odata/answers';
import { and, eq, guid, or, toGuid } from '../../../../odata/query';
import type { Row } from '../../../../odata/types';
import { settle } from '../../../../outcome';
import { equalsText } from '../../filters';
import type { Environment } from '../environment';
import type { Found, Right, RoleRequirement } from '../requirement';
import { type Kind, PRESENT } from './kind';

/** Who is to have the rights. */
interface Holder {
  userId: string;
  businessUnitId: string;
}

const UNIT = '_businessunitid_value';

async function holderOf({ client, applicationId }: Environment): Promise<Holder | undefined> {
  if (applicationId === undefined) return await client.whoAmI();
  const [user] = await client.list(
    'systemusers',
    { select: ['systemuserid', UNIT], filter: eq('applicationid', guid(applicationId)) },
    { limit: 1 },
  );
  return user && { userId: String(user['systemuserid']), businessUnitId: String(user[UNIT]) };
}

/** A right that reaches all rows of its table, whoever owns them. */
const EVERYWHERE = 'Global';

/** Ids of the rights that a user has for all rows. Source: Web API function reference, RetrieveUserPrivileges. */
async function heldBy({ client }: Environment, userId: string): Promise<Set<string>> {
  const bound = { set: 'systemusers', key: userId };
  const { RolePrivileges: list } = await client.callFunction('RetrieveUserPrivileges', {}, bound);
  const rows = Array.isArray(list) ? list.filter(isRow) : [];
  return new Set(
    rows
      .filter(({ Depth }) => Depth === EVERYWHERE)
      .map(({ PrivilegeId }) => String(PrivilegeId).toLowerCase()),
  );
}

interface Need {
  table: string;
  right: Right;
  id: string;
}

const READ = 'prvRead';

/** The rights to read metadata, as far as the environment has them by these names and says so. */
async function metadataNeeds(
  { client }: Environment,
  { metadata }: RoleRequirement,
): Promise<Need[]> {
  const filter = or(...metadata.map((name) => equalsText('name', `${READ}${name}`)));
  const rows = await settle(() =>
    client.list('privileges', { select: ['privilegeid', 'name'], filter }),
  );
  if (!rows.ok) {
    if (rows.error.class === 'permission') return [];
    throw rows.error;
  }
  return rows.value.map(({ privilegeid: id, name }) => ({
    table: String(name).slice(READ.length),
    right: 'Read',
    id: String(id).toLowerCase(),
  }));
}

/** What is needed on the tables that are there and to read metadata, each with the id that this environment has for it. */
async function needsOf(environment: Environment, wanted: RoleRequirement): Promise<Need[]> {
  const needs = await metadataNeeds(environment, wanted);
  for (const { table, rights } of wanted.tables) {
    const facts = await environment.table(table);
    if (!facts) continue;
    for (const right of rights) {
      const id = facts.privileges.get(right);
      if (id !== undefined) needs.push({ table: facts.schemaName, right, id });
    }
  }
  return needs;
}

/** `Create, Write on Account; Read on Product` */
function inWords(needs: readonly Need[]): string {
  const byTable = new Map<string, Right[]>();
  for (const { table, right } of needs) byTable.set(table, [...(byTable.get(table) ?? []), right]);
  return [...byTable].map(([table, rights]) => `${rights.join(', ')} on ${table}`).join('; ');
}

const nobody = (applicationId = ''): Found => ({
  state: 'missing',
  change: `Nothing: no user of this environment has the client ID ${applicationId}.`,
  fix: 'Add the application user first (Power Platform admin center > Environments > Settings > Users + permissions > Application users), or correct Application (Client) ID.',
});

function rowOf({ name }: RoleRequirement, { businessUnitId }: Holder): Row {
  return {
    // The same role for the same business unit, so that two runs at once cannot make two.
    roleid: namedId(`n8n role ${name}`, businessUnitId),
    name,
    'businessunitid@odata.bind': `/businessunits(${toGuid(businessUnitId)})`,
  };
}

async function roleIdOf(
  { client }: Environment,
  wanted: RoleRequirement,
  { businessUnitId }: Holder,
): Promise<string | undefined> {
  const filter = and(equalsText('name', wanted.name), eq(UNIT, guid(businessUnitId)));
  const [role] = await client.list('roles', { select: ['roleid'], filter }, { limit: 1 });
  return role && String(role['roleid']);
}

async function hasRole({ client }: Environment, userId: string, roleId: string): Promise<boolean> {
  const { systemuserroles_association: roles } = await client.get('systemusers', userId, {
    select: ['systemuserid'],
    expand: [{ property: 'systemuserroles_association', select: ['roleid'] }],
  });
  return Array.isArray(roles) && roles.some((role) => isRow(role) && role['roleid'] === roleId);
}

const lackingOf = (needs: readonly Need[], held: ReadonlySet<string>): Need[] =>
  needs.filter(({ id }) => !held.has(id));

const privilegesIn = (needs: readonly Need[]): Row => ({
  Privileges: needs.map(({ id }) => ({ PrivilegeId: id, Depth: EVERYWHERE })),
});

/** What is said and sent differs where there is such a role: somebody may have narrowed it, and others may have it. */
function lackingRights(
  wanted: RoleRequirement,
  lacking: readonly Need[],
  holder: Holder,
  roleId?: string,
): Required<Pick<Found, 'change' | 'step'>> {
  const change = `Give the application user the role "${wanted.name}" with what is lacking for all rows: ${inWords(lacking)}.`;
  if (roleId === undefined) {
    return { change, step: { method: 'POST', path: 'roles', body: rowOf(wanted, holder) } };
  }
  const path = `roles(${roleId})/Microsoft.Dynamics.CRM.AddPrivilegesRole`;
  return {
    change: `${change} The role is there already: these rights are added to it, for all who have it.`,
    step: { method: 'POST', path, body: privilegesIn(lacking) },
  };
}

/** A role with what the app user lacks of all that the templates need; who has it by other roles needs no more. */
export const roleKind: Kind<RoleRequirement> = {
  async check(environment, wanted) {
    const holder = await holderOf(environment);
    if (!holder) return nobody(environment.applicationId);
    const held = await settle(() => heldBy(environment, holder.userId));
    if (!held.ok) {
      return {
        state: 'failed',
        change: `Nothing: which rights the application user has could not be read. ${held.error.message}`,
        fix: held.error.fix,
      };
    }
    const needs = await needsOf(environment, wanted);
    const lacking = lackingOf(needs, held.value);
    if (lacking.length === 0) return { state: 'present', change: PRESENT };
    // Who may not read roles is told what is lacking all the same.
    const role = await settle(() => roleIdOf(environment, wanted, holder));
    return {
      state: lacking.length === needs.length ? 'missing' : 'wrong',
      ...lackingRights(wanted, lacking, holder, role.ok ? role.value : undefined),
      fix: 'A role can be made and given by a System Administrator: run Prepare with the credential of one, and set Application (Client) ID to the app that the workflows use; or add these rights to its role by hand.',
    };
  },

  async make(environment, wanted) {
    const { client } = environment;
    const holder = await holderOf(environment);
    if (!holder) return;
    const row = rowOf(wanted, holder);
    let roleId = await roleIdOf(environment, wanted, holder);
    if (roleId === undefined) {
      await environment.send({ method: 'POST', path: 'roles', body: row });
      roleId = String(row['roleid']);
    }
    const held = await heldBy(environment, holder.userId);
    const lacking = lackingOf(await needsOf(environment, wanted), held);
    // Source: Web API action reference, AddPrivilegesRole.
    await client.callAction('AddPrivilegesRole', privilegesIn(lacking), {
      set: 'roles',
      key: roleId,
    });
    if (await hasRole(environment, holder.userId, roleId)) return;
    const user = { set: 'systemusers', key: holder.userId };
    await client.associate(user, 'systemuserroles_association', { set: 'roles', key: roleId });
  },
};

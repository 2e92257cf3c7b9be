import { actingUser } from '../engine';
import { errors } from '../errors';
import { json, type WebResponse } from '../../odata/http/message';
import type { LiteralOrList } from '../../odata/syntax/expression';
import { readParameters, TokenReader } from '../../odata/syntax/parser';
import type { Segment } from '../../odata/syntax/url';
import type { JsonObject } from '../options';
import { contextUrl } from '../query/render';
import { SEARCH_FUNCTIONS } from '../search/actions';
import type { Call } from './call';

/** Unbound functions. Source: Dataverse docs, webapi/use-web-api-functions. */

type Parameters = Readonly<Record<string, LiteralOrList>>;
type WebFunction = (call: Call, parameters: Parameters) => WebResponse;

function answer(call: Call, type: string, body: JsonObject): WebResponse {
  const context = contextUrl(call.session, `Microsoft.Dynamics.CRM.${type}`);
  return json(200, { '@odata.context': context, ...body });
}

function organization({ engine }: Call): { id: string; name: string } {
  const [row] = engine.database.store('organization').rows.values();
  return { id: String(row?.organizationid ?? ''), name: String(row?.name ?? 'sandbox') };
}

const whoAmI: WebFunction = (call) => {
  const { engine } = call;
  const [unit] = engine.database.store('businessunit').rows.values();
  return answer(call, 'WhoAmIResponse', {
    BusinessUnitId: String(unit?.businessunitid ?? ''),
    UserId: actingUser(engine, call.session),
    OrganizationId: organization(call).id,
  });
};

const retrieveCurrentOrganization: WebFunction = (call) => {
  const { id, name } = organization(call);
  const origin = new URL(call.session.base).origin;
  return answer(call, 'RetrieveCurrentOrganizationResponse', {
    Detail: {
      OrganizationId: id,
      FriendlyName: name,
      OrganizationVersion: '9.2.26101.00150',
      EnvironmentId: id,
      DatacenterId: '00000000-0000-0000-0000-000000000000',
      Geo: 'EMEA',
      TenantId: '00000000-0000-0000-0000-000000000000',
      UrlName: 'sandbox',
      UniqueName: `unq${id.replaceAll('-', '').slice(0, 29)}`,
      State: 'Enabled',
      Endpoints: {
        Count: 1,
        IsReadOnly: false,
        Keys: ['WebApplication'],
        Values: [`${origin}/`],
      },
    },
  });
};

const retrieveTotalRecordCount: WebFunction = (call, parameters) => {
  const names = parameters.EntityNames;
  if (!names) throw errors.query('Request message has unresolved parameters.');
  const list = names.kind === 'list' ? names.items.map((item) => item.value) : [names.value];
  const tables = list.map(String);
  for (const name of tables) {
    if (!call.engine.model.table(name))
      throw errors.invalidArgument(`There is no table '${name}'.`);
  }
  return answer(call, 'RetrieveTotalRecordCountResponse', {
    EntityRecordCountCollection: {
      Count: tables.length,
      IsReadOnly: false,
      Keys: tables,
      Values: tables.map((name) => call.engine.database.store(name).rows.size),
    },
  });
};

const retrieveVersion: WebFunction = (call) =>
  answer(call, 'RetrieveVersionResponse', { Version: '9.2.26101.150' });

const FUNCTIONS: Readonly<Record<string, WebFunction>> = {
  WhoAmI: whoAmI,
  RetrieveCurrentOrganization: retrieveCurrentOrganization,
  RetrieveTotalRecordCount: retrieveTotalRecordCount,
  RetrieveVersion: retrieveVersion,
  ...SEARCH_FUNCTIONS,
};

/** What each takes, by name. Source: Dataverse docs, Web API function reference. */
export const FUNCTION_PARAMETERS: Readonly<
  Record<string, Readonly<Record<string, 'required' | 'optional'>>>
> = {
  WhoAmI: {},
  RetrieveCurrentOrganization: { AccessType: 'required' },
  RetrieveTotalRecordCount: { EntityNames: 'required' },
  RetrieveVersion: {},
  searchstatistics: {},
  searchstatus: {},
};

export const isFunction = (name: string): boolean => Object.hasOwn(FUNCTIONS, name);

export function callFunction(call: Call, { name, inner }: Segment): WebResponse {
  if (call.request.method !== 'GET') throw errors.noSegment(name);
  const reader = new TokenReader(`(${inner ?? ''})`);
  const parameters = readParameters(reader, call.options.aliases);
  reader.expectEnd();
  call.engine.context.counters.operation('dataverse', name);
  const run = FUNCTIONS[name] as WebFunction;
  return run(call, parameters);
}

import type { World } from '../n8n/world';

const METADATA = 'Microsoft.Dynamics.CRM';
const ENGLISH = 1033;

const label = (text: string) => ({
  LocalizedLabels: [{ Label: text, LanguageCode: ENGLISH }],
});

/** Columns of the sales order that the preset does not know, as every environment has some. */
const OWN_COLUMNS = [
  {
    '@odata.type': `${METADATA}.StringAttributeMetadata`,
    SchemaName: 'new_GiftMessage',
    DisplayName: label('Gift Message'),
    RequiredLevel: { Value: 'None' },
    MaxLength: 200,
    FormatName: { Value: 'Text' },
  },
  {
    '@odata.type': `${METADATA}.PicklistAttributeMetadata`,
    SchemaName: 'new_Delivery',
    DisplayName: label('Delivery'),
    OptionSet: {
      '@odata.type': `${METADATA}.OptionSetMetadata`,
      IsGlobal: false,
      OptionSetType: 'Picklist',
      Options: [
        { Value: 100_000_000, Label: label('Standard') },
        { Value: 100_000_001, Label: label('Next Day') },
      ],
    },
  },
];

/** Adds the columns as a maker of the environment does: with the Web API's own requests. */
export async function addOwnColumns({ sandbox }: World): Promise<void> {
  const { url, ...app } = sandbox.credentials.dynamicsDataverseApi?.data as Record<string, string>;
  const token = await signIn({ ...app, scope: `${url}/.default` });
  for (const column of OWN_COLUMNS) {
    await post(`${url}/api/data/v9.2/EntityDefinitions(LogicalName='salesorder')/Attributes`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(column),
    });
  }
}

async function signIn({
  authority,
  tenantId,
  clientId = '',
  clientSecret = '',
  scope = '',
}: Record<string, string>): Promise<string> {
  const answer = await post(`${authority}/${tenantId}/oauth2/v2.0/token`, {
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope,
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function post(url: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(url, { method: 'POST', ...init });
  if (answer.ok) return answer;
  throw new Error(`The sandbox answered ${answer.status} to ${url}: ${await answer.text()}`);
}

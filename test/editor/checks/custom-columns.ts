/** What an administrator adds to the tables of a real environment, made in the sandbox over its Web API. */
import type { World } from '../../../scripts/n8n/world';

const TYPES = 'Microsoft.Dynamics.CRM';
const ENGLISH = 1033;

const label = (text: string) => ({
  '@odata.type': `${TYPES}.Label`,
  LocalizedLabels: [
    { '@odata.type': `${TYPES}.LocalizedLabel`, Label: text, LanguageCode: ENGLISH },
  ],
});

export const textColumn = (name: string, title: string): object => ({
  '@odata.type': `${TYPES}.StringAttributeMetadata`,
  SchemaName: name,
  DisplayName: label(title),
  RequiredLevel: { Value: 'None' },
  MaxLength: 200,
  FormatName: { Value: 'Text' },
});

export const choiceColumn = (
  name: string,
  title: string,
  choices: Record<string, number>,
): object => ({
  '@odata.type': `${TYPES}.PicklistAttributeMetadata`,
  SchemaName: name,
  DisplayName: label(title),
  OptionSet: {
    '@odata.type': `${TYPES}.OptionSetMetadata`,
    IsGlobal: false,
    OptionSetType: 'Picklist',
    Options: Object.entries(choices).map(([text, value]) => ({ Value: value, Label: label(text) })),
  },
});

interface Environment {
  url: string;
  authority: string;
  tenantId: string;
  clientId: string;
  clientSecret: string;
}

async function tokenFor(environment: Environment): Promise<string> {
  const { authority, tenantId, clientId, clientSecret, url } = environment;
  const answer = await fetch(`${authority}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: `${url}/.default`,
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

export async function addColumns(world: World, table: string, columns: object[]): Promise<void> {
  const environment = world.sandbox.credentials.dynamicsDataverseApi?.data as Environment;
  const authorization = `Bearer ${await tokenFor(environment)}`;
  for (const column of columns) {
    const answer = await fetch(
      `${environment.url}/api/data/v9.2/EntityDefinitions(LogicalName='${table}')/Attributes`,
      {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(column),
      },
    );
    if (!answer.ok) throw new Error(`A column was refused: ${await answer.text()}`);
  }
}

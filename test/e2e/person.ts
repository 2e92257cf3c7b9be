import type { World } from '../../scripts/n8n/world';

export type Row = Record<string, unknown>;

/** Somebody who works in Dynamics 365 beside the pack, with a sign-in and requests of their own. */
export class DynamicsPerson {
  private constructor(
    private readonly api: string,
    private readonly token: string,
  ) {}

  static async signIn({
    sandbox: { entra, dataverse },
  }: Pick<World, 'sandbox'>): Promise<DynamicsPerson> {
    const answer = await fetch(`${entra.url}/${entra.tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: entra.clientId,
        client_secret: entra.clientSecret,
        scope: dataverse.scope,
      }),
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    return new DynamicsPerson(`${dataverse.url}/api/data/v9.2/`, token);
  }

  async create(set: string, row: Row): Promise<void> {
    await this.send('POST', set, row);
  }

  async change(set: string, id: string, row: Row): Promise<void> {
    await this.send('PATCH', `${set}(${id})`, row);
  }

  async delete(set: string, id: string): Promise<void> {
    await this.send('DELETE', `${set}(${id})`);
  }

  /** Calls an action, and gives its answer. */
  async call(action: string, parameters: Row): Promise<Row> {
    return (await (await this.send('POST', action, parameters)).json()) as Row;
  }

  async read(path: string): Promise<Row> {
    return (await (await this.send('GET', path)).json()) as Row;
  }

  /** The file in a column of a row. */
  async file(set: string, id: string, column: string): Promise<Buffer> {
    const answer = await this.send('GET', `${set}(${id})/${column}/$value`);
    return Buffer.from(await answer.arrayBuffer());
  }

  private async send(method: string, path: string, body?: Row): Promise<Response> {
    const answer = await fetch(`${this.api}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
        'odata-version': '4.0',
        'odata-maxversion': '4.0',
      },
      body: body && JSON.stringify(body),
    });
    if (answer.ok) return answer;
    throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  }
}

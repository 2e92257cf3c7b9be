/** What the demo and the tests ask of a running n8n, over the REST interface that its own editor uses. */

import type { ICredentialType, INodeTypeDescription } from 'n8n-workflow';

export interface Workflow {
  id?: string;
  name: string;
  nodes: WorkflowNode[];
  connections: Record<string, unknown>;
  settings?: Record<string, unknown>;
  [key: string]: unknown;
}

export interface WorkflowNode {
  name: string;
  type: string;
  parameters: Record<string, unknown>;
  credentials?: Record<string, { id: string; name: string }>;
  [key: string]: unknown;
}

const EXECUTIONS_AT_ONCE = 100;

/** An id above that of every execution. */
const NO_EXECUTION = String(2 ** 31);

export interface ExecutionSummary {
  id: string;
  status: 'new' | 'running' | 'success' | 'error' | 'crashed' | 'canceled' | 'waiting' | 'unknown';
  workflowId: string;
  /** What started it, such as `webhook` or `trigger`. */
  mode: string;
}

/** n8n ties a session to the browser that it was made in; a real browser that takes it over says the same. */
export const BROWSER_ID = 'n8n-nodes-dynamics-commerce';

export class N8nApi {
  private cookie = '';

  constructor(readonly url: string) {}

  /** Makes the owner account on a new instance, signs in on one that has it. */
  async signIn(login: { email: string; password: string }): Promise<void> {
    const owner = { ...login, firstName: 'Sandbox', lastName: 'Owner' };
    const made = await this.send('POST', '/rest/owner/setup', owner);
    if (made.ok) return this.keepCookie(made);
    const answer = await this.send('POST', '/rest/login', {
      emailOrLdapLoginId: login.email,
      password: login.password,
    });
    if (!answer.ok)
      throw new Error(`n8n refused the sign-in: ${answer.status} ${await answer.text()}`);
    this.keepCookie(answer);
  }

  private keepCookie(answer: Response): void {
    this.cookie = answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }

  /** The session, for a browser that is to be signed in. */
  get sessionCookie(): string {
    return this.cookie;
  }

  async createCredential(
    type: string,
    name: string,
    data: object,
  ): Promise<{ id: string; name: string }> {
    const { id } = await this.json<{ id: string }>('POST', '/rest/credentials', {
      name,
      type,
      data,
    });
    return { id, name };
  }

  /** What the credential dialog shows below its fields. */
  async testCredential(
    type: string,
    credential: { id: string; name: string },
    data: object,
  ): Promise<{ status: string; message: string }> {
    return await this.json('POST', '/rest/credentials/test', {
      credentials: { ...credential, type, data },
    });
  }

  /** The node types whose name begins so, as the editor gets them; without the tools that n8n makes of them. */
  async nodeTypes(prefix: string): Promise<INodeTypeDescription[]> {
    const answer = await this.send('GET', '/types/nodes.json');
    if (!answer.ok) throw new Error(`n8n answered ${answer.status} when asked for its node types`);
    const types = (await answer.json()) as INodeTypeDescription[];
    return types.filter(({ name }) => name.startsWith(prefix) && !name.endsWith('Tool'));
  }

  /** The credential types as the editor gets them. */
  async credentialTypes(): Promise<ICredentialType[]> {
    const answer = await this.send('GET', '/types/credentials.json');
    if (!answer.ok)
      throw new Error(`n8n answered ${answer.status} when asked for its credential types`);
    return (await answer.json()) as ICredentialType[];
  }

  async createWorkflow(workflow: Workflow): Promise<string> {
    return (await this.json<{ id: string }>('POST', '/rest/workflows', workflow)).id;
  }

  async activate(id: string): Promise<void> {
    const { versionId } = await this.json<{ versionId: string }>('GET', `/rest/workflows/${id}`);
    await this.json('POST', `/rest/workflows/${id}/activate`, { versionId });
  }

  async deactivate(id: string): Promise<void> {
    await this.json('POST', `/rest/workflows/${id}/deactivate`);
  }

  /**
   * Executions, the newest first. n8n gives a hundred at once, whatever it is asked for, and in the order of their ids
   * only between two of them.
   */
  async executions(filter: object = {}, limit = EXECUTIONS_AT_ONCE): Promise<ExecutionSummary[]> {
    const found: ExecutionSummary[] = [];
    for (let lastId = NO_EXECUTION; ;) {
      const query = new URLSearchParams({
        filter: JSON.stringify(filter),
        firstId: '0',
        lastId,
        limit: String(Math.min(EXECUTIONS_AT_ONCE, limit - found.length)),
      });
      const { results } = await this.json<{ results: ExecutionSummary[] }>(
        'GET',
        `/rest/executions?${query}`,
      );
      found.push(...results);
      const last = results.at(-1);
      if (!last || found.length >= limit) return found;
      lastId = last.id;
    }
  }

  /** What the stop button of a running execution does. */
  async stopExecution(id: string): Promise<void> {
    await this.json('POST', `/rest/executions/${id}/stop`);
  }

  /** One execution with its data, still in n8n's flattened form. */
  async execution(
    id: string,
  ): Promise<{ status: string; data: string; startedAt: string; stoppedAt: string }> {
    return await this.json('GET', `/rest/executions/${id}`);
  }

  async json<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await this.send(method, path, body);
    const text = await answer.text();
    if (!answer.ok)
      throw new Error(`n8n answered ${answer.status} to ${method} ${path}: ${text.slice(0, 500)}`);
    return text ? (JSON.parse(text) as { data: T }).data : (undefined as T);
  }

  private async send(method: string, path: string, body?: object): Promise<Response> {
    return await fetch(`${this.url}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'browser-id': BROWSER_ID,
        cookie: this.cookie,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }
}

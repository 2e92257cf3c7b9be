import type {
  ICredentialDataDecryptedObject,
  ICredentials,
  ICredentialType,
  IDataObject,
  IHttpRequestHelper,
  IHttpRequestOptions,
  INode,
  INodeProperties,
  IRequestOptionsSimplified,
  IWorkflowExecuteAdditionalData,
  Workflow,
} from 'n8n-workflow';
import { ICredentialsHelper, isExpression } from 'n8n-workflow';

/** What n8n's own credentials helper does, on data that the test gives. */
export class TestCredentials extends ICredentialsHelper {
  constructor(
    private readonly types: Map<string, ICredentialType>,
    /** Credential type name to its decrypted data. */
    private readonly data: Record<string, IDataObject>,
    /** Whether an `authenticate` of expressions may be worked out: not in every poll, see the credential of X-Cart. */
    private readonly expressions: 'allowed' | 'refused' = 'allowed',
  ) {
    super();
  }

  getParentTypes(typeName: string): string[] {
    return this.types.get(typeName)?.extends ?? [];
  }

  isCredentialUsableByNode(): boolean {
    return true;
  }

  async authenticate(
    credentials: ICredentialDataDecryptedObject,
    typeName: string,
    request: IHttpRequestOptions | IRequestOptionsSimplified,
    workflow?: Workflow,
    node?: INode,
  ): Promise<IHttpRequestOptions> {
    const options = request as IHttpRequestOptions;
    const authenticate = this.types.get(typeName)?.authenticate;
    if (typeof authenticate === 'function') return await authenticate(credentials, options);
    if (!authenticate) return options;
    if (this.expressions === 'refused') throw new Error('A poll must do without expressions');
    if (!workflow || !node) return options;
    const resolve = (value: unknown): unknown =>
      isExpression(value)
        ? workflow.expression.getSimpleParameterValue(node, value, 'internal', {
            $credentials: credentials,
          })
        : value;
    const into = options as unknown as Record<string, Record<string, unknown>>;
    for (const [part, entries] of Object.entries(authenticate.properties)) {
      const target = (into[part] ??= {});
      for (const [key, value] of Object.entries(entries as Record<string, unknown>)) {
        target[String(resolve(key))] = resolve(value);
      }
    }
    return options;
  }

  async preAuthentication(
    helpers: IHttpRequestHelper,
    credentials: ICredentialDataDecryptedObject,
    typeName: string,
    _node: INode,
    expired: boolean,
  ): Promise<ICredentialDataDecryptedObject | undefined> {
    const type = this.types.get(typeName);
    const hidden = type?.properties.find((property) => property.typeOptions?.expirable === true);
    if (!type?.preAuthentication || !hidden) return undefined;
    if (credentials[hidden.name] && !expired) return undefined;
    const fresh = await type.preAuthentication.call(helpers, credentials);
    Object.assign(this.data[typeName] ?? {}, fresh);
    return { ...credentials, ...fresh } as ICredentialDataDecryptedObject;
  }

  async runPreAuthentication(): Promise<undefined> {
    return undefined;
  }

  async getCredentials(): Promise<ICredentials> {
    throw new Error('The test holds decrypted credentials only');
  }

  async getDecrypted(
    _additionalData: IWorkflowExecuteAdditionalData,
    _nodeCredentials: unknown,
    type: string,
  ): Promise<ICredentialDataDecryptedObject> {
    const data = this.data[type];
    if (!data) throw new Error(`The test gives no credentials of type "${type}"`);
    const defaults = (this.types.get(type)?.properties ?? []).map(
      ({ name, default: value }) => [name, value] as const,
    );
    return { ...Object.fromEntries(defaults), ...data } as ICredentialDataDecryptedObject;
  }

  async updateCredentials(): Promise<void> {}

  async updateCredentialsOauthTokenData(
    _nodeCredentials: unknown,
    type: string,
    { oauthTokenData }: ICredentialDataDecryptedObject,
  ): Promise<void> {
    Object.assign(this.data[type] ?? {}, { oauthTokenData });
  }

  getCredentialsProperties(type: string): INodeProperties[] {
    return this.types.get(type)?.properties ?? [];
  }
}

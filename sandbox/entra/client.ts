import { ASSERTION_TYPE, Certificates } from './assertions';
import { aadErrors, type AadError } from './errors';

/** Who asks for a token, and by what that is known. */

export type Fields = Readonly<Record<string, string>>;

export interface ClientOptions {
  tenantId: string;
  clientId: string;
  clientSecret: string;
  /** Other names of the tenant that an authority URL may use, such as `contoso.onmicrosoft.com`. */
  tenantAliases?: readonly string[];
}

/** The application as its tenant knows it. */
export class Client {
  readonly certificates = new Certificates();

  constructor(
    private readonly options: ClientOptions,
    private readonly now: () => Date,
  ) {}

  checkTenant(tenant: string): AadError | undefined {
    const names = [this.options.tenantId, ...(this.options.tenantAliases ?? [])];
    const known = names.some((name) => name.toLowerCase() === tenant.toLowerCase());
    return known ? undefined : aadErrors.unknownTenant(tenant);
  }

  /**
   * In the order of Entra ID: grant, application, credential.
   *
   * @param path of the token endpoint that was asked
   */
  check(form: Fields, path: string, grants: readonly string[]): AadError | undefined {
    if (!form.grant_type) return aadErrors.missingParameter('grant_type');
    if (!grants.includes(form.grant_type)) return aadErrors.badGrant(form.grant_type);
    if (!form.client_id) return aadErrors.missingParameter('client_id');
    if (form.client_id.toLowerCase() !== this.options.clientId.toLowerCase()) {
      return aadErrors.unknownApplication(form.client_id, this.options.tenantId);
    }
    if (form.client_assertion && form.client_assertion_type === ASSERTION_TYPE) {
      const expected = { clientId: this.options.clientId, path, now: this.now() };
      return this.certificates.check(form.client_assertion, expected);
    }
    if (!form.client_secret) return aadErrors.noCredential();
    const matches = form.client_secret === this.options.clientSecret;
    return matches ? undefined : aadErrors.badSecret(this.options.clientId);
  }
}

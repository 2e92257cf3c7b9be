import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { OAUTH2_CREDENTIAL_NAME } from '../core/stores/threedcart/api';
import { ICON, secureUrl, STORE_FIELDS } from './ThreeDCartApi.credentials';

const hidden = (displayName: string, name: string, value: string): INodeProperties => ({
  displayName,
  name,
  type: 'hidden',
  default: value,
});

/** The address of the API without what may stand behind it. */
const API = '($self["apiUrl"] || "").trim().replace(/\\/+$/, "")';

/**
 * OAuth 2.0 with an authorization code, which the API has from its version 2 on (documentation of v2). n8n asks for the
 * tokens and renews them; `store_url` says at sign-in which store is meant, and the token says it from then on.
 */
export class ThreeDCartOAuth2Api implements ICredentialType {
  name = 'threeDCartOAuth2Api';

  extends = ['oAuth2Api'];

  displayName = OAUTH2_CREDENTIAL_NAME;

  icon: Icon = ICON;

  documentationUrl =
    'https://github.com/n8n-nodes-dynamics-commerce/n8n-nodes-dynamics-commerce/blob/main/docs/credentials.md#3dcart';

  properties: INodeProperties[] = [
    secureUrl,
    ...STORE_FIELDS,
    hidden('Grant Type', 'grantType', 'authorizationCode'),
    hidden('Authorization URL', 'authUrl', `={{ ${API} }}/oauth/authorize`),
    hidden('Access Token URL', 'accessTokenUrl', `={{ ${API} }}/oauth/token`),
    hidden('Scope', 'scope', ''),
    hidden(
      'Auth URI Query Parameters',
      'authQueryParameters',
      '={{ "store_url=" + encodeURIComponent(($self["secureUrl"] || "").trim()) }}',
    ),
    // The documentation has client ID and secret in the form.
    hidden('Authentication', 'authentication', 'body'),
  ];

  /** n8n asks no node to test what extends `oAuth2Api`. */
  test: ICredentialTestRequest = {
    request: {
      baseURL: '={{ ($credentials.apiUrl || "").trim().replace(/\\/+$/, "") }}',
      url: '/3dCartWebAPI/v2/OrderStatus',
      headers: { accept: 'application/json' },
    },
  };
}

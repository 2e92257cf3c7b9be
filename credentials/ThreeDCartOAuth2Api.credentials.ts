import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { OAUTH2_CREDENTIAL_NAME } from '../core/stores/threedcart/signIn';
import { decided } from './shared/fields';
import { iconsOf } from './shared/icons';
import { addressIn, reads } from './shared/oAuth2';
import { secureUrl, STORE_FIELDS } from './ThreeDCartApi.credentials';

const API = addressIn('$self["apiUrl"]');

/**
 * OAuth 2.0 with an authorization code, which the API has from its version 2 on (documentation of v2). n8n asks for the
 * tokens and renews them; `store_url` says at sign-in which store is meant, and the token says it from then on.
 */
export class ThreeDCartOAuth2Api implements ICredentialType {
  name = 'threeDCartOAuth2Api';

  extends = ['oAuth2Api'];

  displayName = OAUTH2_CREDENTIAL_NAME;

  icon = iconsOf('ThreeDCart/threeDCart');

  documentationUrl =
    'https://github.com/n8n-nodes-dynamics-commerce/n8n-nodes-dynamics-commerce/blob/main/docs/credentials.md#3dcart';

  properties: INodeProperties[] = [
    secureUrl,
    ...STORE_FIELDS,
    decided('Grant Type', 'grantType', 'authorizationCode'),
    decided('Authorization URL', 'authUrl', `={{ ${API} }}/oauth/authorize`),
    decided('Access Token URL', 'accessTokenUrl', `={{ ${API} }}/oauth/token`),
    decided('Scope', 'scope', ''),
    decided(
      'Auth URI Query Parameters',
      'authQueryParameters',
      '={{ "store_url=" + encodeURIComponent(($self["secureUrl"] || "").trim()) }}',
    ),
    // The documentation has client ID and secret in the form.
    decided('Authentication', 'authentication', 'body'),
  ];

  test = reads(addressIn('$credentials.apiUrl'), '/3dCartWebAPI/v2/OrderStatus');
}

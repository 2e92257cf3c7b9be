import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { OAUTH2_CREDENTIAL_NAME } from '../core/stores/xcart/signIn';
import { storeName } from './shared/fields';
import { iconsOf } from './shared/icons';
import { addressIn, reads } from './shared/oAuth2';
import { storeUrl, version, webhookSecret } from './XCartApi.credentials';

/**
 * OAuth 2.0 of whatever guards the store: an add-on, or a gateway before it. X-Cart itself documents none, so nothing of
 * it is known beforehand: grant, addresses and scope are the fields that n8n has for any OAuth 2.0. The token goes where
 * X-Cart's REST API takes the tokens of its own sign-in, `Authorization: Bearer`.
 */
export class XCartOAuth2Api implements ICredentialType {
  name = 'xCartOAuth2Api';

  extends = ['oAuth2Api'];

  displayName = OAUTH2_CREDENTIAL_NAME;

  icon = iconsOf('XCart/xcart');

  documentationUrl =
    'https://github.com/n8n-nodes-dynamics-commerce/n8n-nodes-dynamics-commerce/blob/main/docs/credentials.md#x-cart';

  properties: INodeProperties[] = [
    {
      displayName:
        'X-Cart 5.5 has no OAuth 2.0 of its own. Choose this only where an add-on or a gateway of the store gives tokens for its REST API, and take grant type, URLs and scope from there. Else use the credential with API Key.',
      name: 'oAuth2Notice',
      type: 'notice',
      default: '',
    },
    storeUrl,
    storeName,
    version,
    webhookSecret,
  ];

  test = reads(
    `${addressIn('$credentials.storeUrl')}.replace(/\\/api$/, "")`,
    '/api/orders?itemsPerPage=1',
  );
}

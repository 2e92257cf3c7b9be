import type { ICredentialType, INodeProperties } from 'n8n-workflow';

import { AUTHORITY, CLOUD_FIELDS, environmentUrl, originIn, tenantId } from './shared/dataverse';
import { decided, text } from './shared/fields';
import { iconsOf } from './shared/icons';
import { reads } from './shared/oAuth2';

/**
 * A user of the environment, who signs in at Microsoft Entra and agrees (OAuth 2.0, authorization code). n8n asks for the
 * tokens and renews them. What is done stands in Dynamics 365 in the name of that user, with that user's rights.
 */
export class DynamicsDataverseOAuth2Api implements ICredentialType {
  name = 'dynamicsDataverseOAuth2Api';

  extends = ['oAuth2Api'];

  displayName = 'Microsoft Dynamics 365 (Dataverse) OAuth2 API';

  icon = iconsOf('Dynamics365/dynamics365');

  documentationUrl =
    'https://github.com/n8n-nodes-dynamics-commerce/n8n-nodes-dynamics-commerce/blob/main/docs/credentials.md#as-a-user';

  properties: INodeProperties[] = [
    environmentUrl,
    tenantId,
    ...CLOUD_FIELDS,
    text('Permission', 'permission', {
      placeholder: 'e.g. https://contoso.crm4.dynamics.com/user_impersonation',
      description: 'What to ask the user for. Leave empty to take it from the environment URL.',
    }),
    decided('Grant Type', 'grantType', 'authorizationCode'),
    decided('Authorization URL', 'authUrl', `={{ ${AUTHORITY} }}/oauth2/v2.0/authorize`),
    decided('Access Token URL', 'accessTokenUrl', `={{ ${AUTHORITY} }}/oauth2/v2.0/token`),
    // Without `offline_access` there is no refresh token (Entra docs, v2-oauth2-auth-code-flow).
    decided(
      'Scope',
      'scope',
      `={{ ($self["permission"] || "").trim() || ${originIn('$self["url"]')} + "/user_impersonation" }} offline_access`,
    ),
    // Who is signed in to the browser with several accounts chooses the one that has rights in the environment.
    decided(
      'Auth URI Query Parameters',
      'authQueryParameters',
      'response_mode=query&prompt=select_account',
    ),
    decided('Authentication', 'authentication', 'body'),
  ];

  test = reads(originIn('$credentials.url'), '/api/data/v9.2/WhoAmI');
}

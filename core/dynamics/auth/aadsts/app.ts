import { APP, ENTERPRISE, type Explanations } from './explanation';

/** The app, and what it proves itself with. */
export const APPLICATION: Explanations = [
  [
    [7000215],
    {
      title: 'The client secret is wrong',
      fix: `Copy the value of the secret (not its ID) from ${APP} > Certificates & secrets into Client Secret.`,
    },
  ],
  [
    [70002],
    {
      title: 'The client secret or the certificate is not accepted',
      fix: `Compare it with ${APP} > Certificates & secrets, and Client ID with Overview.`,
    },
  ],
  [
    [7000222],
    {
      title: 'The client secret has expired',
      fix: `Make a new secret in ${APP} > Certificates & secrets, and put its value into Client Secret.`,
    },
  ],
  [[7000216], { title: 'The client secret is missing', fix: 'Fill in Client Secret.' }],
  [
    [7000218],
    {
      title: 'Neither a client secret nor a certificate was sent',
      fix: `Fill in Client Secret, or choose Certificate and paste it. ${APP} > Authentication must have the redirect URI under Web.`,
    },
  ],
  [
    [7000112],
    {
      title: 'The app registration is switched off',
      fix: `Switch it on in ${ENTERPRISE} > Properties.`,
    },
  ],
  [
    [700016, 700011],
    {
      title: 'The app registration is not in this tenant',
      fix: `Compare Client ID and Tenant ID with ${APP} > Overview.`,
    },
  ],
  [
    [70001],
    {
      title: 'The app registration is switched off or not in this tenant',
      fix: `Compare Client ID and Tenant ID, and see in ${ENTERPRISE} that it is enabled.`,
    },
  ],
  [
    [7000229],
    {
      title: 'The app registration has no enterprise application in this tenant',
      fix: `An administrator opens ${APP} > API permissions and presses "Grant admin consent", which makes it.`,
    },
  ],
  [
    [1000031],
    {
      title: 'The app cannot be used at this time',
      fix: `An administrator sees in ${ENTERPRISE} whether it is blocked or has to be consented to.`,
    },
  ],
  [
    [700027],
    {
      title: 'The certificate does not match the app registration',
      fix: `Upload the certificate to ${APP} > Certificates & secrets, or use the one that is there.`,
    },
  ],
  [
    [50012, 50013, 50027],
    {
      title: 'The certificate was not accepted',
      fix: `See in ${APP} > Certificates & secrets that it is there and has not expired, and that the clock of this n8n is right.`,
    },
  ],
  [
    [700024, 500133],
    {
      title: 'What was signed with the certificate is not valid at this time',
      fix: 'Set the clock of the machine that n8n runs on: it differs by minutes from that of Entra.',
    },
  ],
  [
    [700021],
    {
      title: 'What was signed with the certificate is of another app',
      fix: `Compare Client ID with ${APP} > Overview.`,
    },
  ],
  [
    [700023],
    {
      title:
        'What was signed with the certificate is for another sign-in host, or Scope is incomplete',
      fix: 'Check Cloud, Authority URL and Tenant ID, and leave Scope empty.',
    },
  ],
  [
    [700030],
    {
      title: 'The certificate is not allowed for this app',
      fix: `Use a certificate whose subject is authorized in ${APP}.`,
    },
  ],
  [
    [700025],
    {
      title: 'The app is registered as a public client, which has no secret',
      fix: `Switch off "Allow public client flows" in ${APP} > Authentication.`,
    },
  ],
];

/** Tenant, cloud and environment. */
export const PLACE: Explanations = [
  [
    [90002],
    {
      title: 'The tenant does not exist in this cloud',
      fix: 'Check Tenant ID, and that Cloud is the one your organization uses.',
    },
  ],
  [
    [900023],
    {
      title: 'The tenant identifier is not valid',
      fix: `Copy Directory (tenant) ID from ${APP} > Overview into Tenant ID.`,
    },
  ],
  [
    [50059, 50128, 90019],
    {
      title: 'The sign-in names no tenant that Entra knows',
      fix: `Copy Directory (tenant) ID from ${APP} > Overview into Tenant ID, or a domain of the tenant that is verified.`,
    },
  ],
  [
    [50194, 9001023],
    {
      title: 'The app belongs to one tenant, but the sign-in names none',
      fix: 'Put the Tenant ID of your organization into the credential instead of "common".',
    },
  ],
  [
    [90038, 900382, 900432, 90051, 1000104],
    {
      title: 'The tenant belongs to another cloud',
      fix: 'Choose the cloud of your organization in Cloud, and register the app there.',
    },
  ],
  [
    [50049],
    {
      title: 'Entra does not know the sign-in host',
      fix: 'Choose a cloud in Cloud, or check Authority URL.',
    },
  ],
  [
    [500011, 50001],
    {
      title: 'The environment is not known in this tenant',
      fix: 'Check the address of the environment, that it belongs to this tenant, and that Cloud is right.',
    },
  ],
  [
    [650052],
    {
      title: 'The organization has no subscription to this service',
      fix: 'Check that the tenant owns the environment, and that the address of the environment is right.',
    },
  ],
  [
    [650054],
    {
      title: 'The app has permissions for something that is no longer there',
      fix: `Remove it from ${APP} > API permissions, and add Dynamics CRM.`,
    },
  ],
  [
    [50002, 500021, 500022],
    {
      title: 'The network of this n8n lets nobody into this tenant',
      fix: 'Whoever keeps the proxy allows the tenant there (tenant restrictions).',
      class: 'permission',
    },
  ],
  [
    [500212, 500213],
    {
      title: 'The access settings between two tenants do not allow this sign-in',
      fix: 'An administrator allows it in Entra admin center > Cross-tenant access settings.',
      class: 'permission',
    },
  ],
  [
    [500341],
    {
      title: 'The account has been deleted from the tenant',
      fix: 'Register the app again, or connect the credential as another user.',
    },
  ],
];

/** Scope and consent. */
export const CONSENT: Explanations = [
  [
    [70011, 28002, 28003, 700022],
    {
      title: 'The scope is not valid',
      fix: 'Leave Scope empty, or write the address of the environment followed by /.default.',
    },
  ],
  [
    [1002012],
    {
      title: 'The scope of an app has to end with /.default',
      fix: 'Leave Scope empty, or write the address of the environment followed by /.default.',
    },
  ],
  [
    [650057],
    {
      title: 'The app registration does not list Dynamics 365',
      fix: `Add Dynamics CRM in ${APP} > API permissions, then grant admin consent.`,
    },
  ],
  [
    [650056, 65005],
    {
      title: 'The app registration is not set up completely',
      fix: `Add Dynamics CRM in ${APP} > API permissions, then grant admin consent.`,
    },
  ],
  [
    [65001, 90008],
    {
      title: 'Nobody has consented to the permissions of the app',
      fix: `An administrator presses "Grant admin consent" in ${APP} > API permissions.`,
    },
  ],
  [
    [65004],
    {
      title: 'The user has not agreed to the permissions of the app',
      fix: 'Connect the credential again and press Accept.',
    },
  ],
  [
    [90094, 90095],
    {
      title: 'Users may not agree to the permissions of the app by themselves',
      fix: `An administrator presses "Grant admin consent" in ${APP} > API permissions.`,
    },
  ],
  [
    [50105],
    {
      title: 'The user is not assigned to the app',
      fix: `Add the user in ${ENTERPRISE} > Users and groups, or switch off "Assignment required" in Properties.`,
    },
  ],
];

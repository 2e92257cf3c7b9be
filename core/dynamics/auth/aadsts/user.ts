import { APP, CONNECT, type Explanations } from './explanation';

/** The sign-in of a user, and what keeps it alive. */
export const USER: Explanations = [
  [
    [50011, 70004, 900971],
    {
      title: 'The app registration does not know the redirect URI of this n8n',
      fix: `Copy OAuth Redirect URL from the credential into ${APP} > Authentication > Web > Redirect URIs.`,
    },
  ],
  [
    [9002327, 9002326, 9002325, 700084],
    {
      title: 'The redirect URI is registered for a single-page application',
      fix: `Remove it in ${APP} > Authentication from Single-page application, and add it under Web. Then connect the credential again.`,
    },
  ],
  [
    [54005, 70000, 70008, 50089, 501481],
    { title: 'The sign-in took too long or was used up', fix: CONNECT },
  ],
  [
    [700005],
    { title: 'The user has signed in to another tenant', fix: `Check Tenant ID. ${CONNECT}` },
  ],
  [
    [700082, 700081],
    { title: 'The credential was not used for so long that the sign-in has ended', fix: CONNECT },
  ],
  [
    [50173, 50132, 50133],
    {
      title: 'The sign-in has been revoked, or the password of the user has changed',
      fix: CONNECT,
    },
  ],
  [
    [70043, 50078],
    {
      title: 'A policy of the organization wants the user to sign in again',
      fix: `${CONNECT} For work without people, use the credential of an app.`,
    },
  ],
  [
    [50034, 51004, 50014, 50020, 16000, 90072],
    {
      title: 'The user is not known in this tenant',
      fix: 'Connect the credential as a user of the tenant, or let an administrator invite this one as a guest. Check Tenant ID.',
    },
  ],
  [
    [500208],
    {
      title: 'A personal account cannot sign in to this tenant',
      fix: 'Connect the credential with a work account of the organization.',
    },
  ],
  [[50126, 50056], { title: 'User name or password is wrong', fix: CONNECT }],
  [
    [50053],
    {
      title: 'The user is locked, or signs in from an address that is known for attacks',
      fix: 'An administrator sees the reason in Entra admin center > Sign-in logs, and unblocks the user.',
    },
  ],
  [
    [50055, 50144],
    { title: 'The password of the user has expired', fix: `Change the password. ${CONNECT}` },
  ],
  [
    [50057],
    {
      title: 'The user is switched off',
      fix: 'An administrator switches the user on, or somebody else connects the credential.',
    },
  ],
  [[50058, 700020], { title: 'Nobody is signed in', fix: CONNECT }],
  [
    [50072, 50074, 50076, 50079, 50158],
    {
      title: 'The user has to prove the sign-in with a second factor',
      fix: `${CONNECT} For work without people, use the credential of an app.`,
    },
  ],
];

/** What an administrator has forbidden, by Conditional Access above all. */
export const POLICY: Explanations = [
  [
    [53003],
    {
      title: 'A Conditional Access policy blocks the sign-in',
      fix: 'An administrator allows this app, or the address of this server, in Entra admin center > Conditional Access.',
      class: 'permission',
    },
  ],
  [
    [53000, 53001, 530003, 50097, 50129, 50131, 50155, 700003, 135011],
    {
      title: 'A Conditional Access policy asks for a device that the organization manages',
      fix: 'Connect the credential on such a device, or let an administrator except this app in Entra admin center > Conditional Access. A server is none: use the credential of an app there.',
      class: 'permission',
    },
  ],
  [
    [5000611],
    {
      title: 'The device of the user is out of date',
      fix: `Install the updates of Windows, or connect the credential on another device.`,
    },
  ],
  [
    [53002],
    {
      title: 'A Conditional Access policy allows approved apps only',
      fix: 'An administrator excepts this app in Entra admin center > Conditional Access.',
      class: 'permission',
    },
  ],
  [
    [53004, 53010],
    {
      title: 'The user has to set up a second factor first',
      fix: `Set it up at https://aka.ms/mfasetup, from where the organization allows it. ${CONNECT}`,
    },
  ],
  [
    [53011, 530034],
    {
      title: 'The user is taken for a risk',
      fix: 'An administrator looks into Entra admin center > Identity Protection, and dismisses the risk.',
      class: 'permission',
    },
  ],
  [
    [530032, 530035],
    {
      title: 'A security policy of the organization blocks the sign-in',
      fix: 'An administrator looks into Entra admin center > Sign-in logs, which name the policy.',
      class: 'permission',
    },
  ],
];

/** What goes by without a person. */
export const PASSING: Explanations = [
  [
    [50196],
    {
      title: 'Entra sees the same sign-in again and again and has stopped it',
      fix: 'Wait five minutes. See whether another program uses the same app registration in a loop.',
      class: 'throttled',
    },
  ],
  [
    [90055],
    {
      title: 'Entra has too many sign-ins of this tenant',
      fix: 'Nothing to repair; it is tried again.',
      class: 'throttled',
    },
  ],
  [
    [90033, 90006, 90012, 90024, 90090, 90091, 50033],
    {
      title: 'Entra is not available for the moment',
      fix: 'Nothing to repair; it is tried again.',
      class: 'transient',
    },
  ],
];

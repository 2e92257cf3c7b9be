import type { RunningEntra } from '../entra/definition';
import { defineService } from '../kit';
import { CATALOGUE_ROWS } from './catalogue';
import { dataverseControl } from './control';
import { createDataverse } from './service';
import { solutionRows } from './stock';

/** Entra ID issues the tokens. */
type Before = { entra: RunningEntra };

export const dataverse = defineService({
  name: 'dataverse',
  title: 'Dataverse',
  create: (context, { entra }: Before) =>
    createDataverse(context, {
      tokens: entra.service.tokens,
      authorizationUri: `${entra.address.url}/${entra.address.tenantId}/oauth2/authorize`,
      seed: CATALOGUE_ROWS,
      solutions: ['fieldService'],
      solutionSeed: solutionRows,
    }),
  address: (url) => ({ url, scope: `${url}/.default` }),
  credentials: ({ url }, { entra: { address } }) => ({
    dynamicsDataverseApi: {
      name: 'Dynamics 365 sandbox',
      data: {
        url,
        tenantId: address.tenantId,
        clientId: address.clientId,
        clientSecret: address.clientSecret,
        cloud: 'custom',
        authority: address.url,
        scope: '',
      },
    },
  }),
  control: dataverseControl,
});

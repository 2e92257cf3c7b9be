import { connectionSettings } from './connection';

const fields = {
  url: ' https://contoso.crm4.dynamics.com/main.aspx?appid=1 ',
  tenantId: 'contoso.example',
  clientId: 'client',
  clientSecret: 'made-up',
  cloud: 'china',
  authority: 'https://left.over.example',
  scope: '',
};

test('reads the fields of a credential, and takes the address of an app for its environment', () => {
  expect(connectionSettings(fields)).toEqual({
    environmentUrl: 'https://contoso.crm4.dynamics.com',
    tenantId: 'contoso.example',
    clientId: 'client',
    authentication: 'clientSecret',
    clientSecret: 'made-up',
    cloud: 'china',
    authority: undefined,
    scope: undefined,
  });
});

test('uses the custom authority only when it is chosen', () => {
  expect(connectionSettings({ ...fields, cloud: 'custom' })).toMatchObject({
    cloud: undefined,
    authority: 'https://left.over.example',
  });
});

test('takes the certificate as it was pasted where it is chosen, and then no secret that was left over', () => {
  const pasted = { certificate: ' c\n', privateKey: 'k ', passphrase: ' p ' };
  expect(connectionSettings({ ...fields, ...pasted, authentication: 'certificate' })).toEqual({
    environmentUrl: 'https://contoso.crm4.dynamics.com',
    tenantId: 'contoso.example',
    clientId: 'client',
    authentication: 'certificate',
    certificate: pasted,
    cloud: 'china',
    authority: undefined,
    scope: undefined,
  });
});

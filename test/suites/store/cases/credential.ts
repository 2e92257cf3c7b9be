import type {
  ICredentialsDecrypted,
  ICredentialTestFunctions,
  IDataObject,
  INodeCredentialTestResult,
} from 'n8n-workflow';

import type { Reply } from '../../../support/httpServer';
import type { Rig } from '../rig';

/** What the button "Test" of the credential says. */
export function describeCredential(rig: Rig): void {
  const { node, credentialType, credential } = rig.service;

  async function test(data: IDataObject): Promise<INodeCredentialTestResult> {
    const { testedBy } =
      node.description.credentials?.find(({ name }) => name === credentialType.name) ?? {};
    const method = node.methods?.credentialTest?.[String(testedBy)];
    if (!method) throw new Error(`${node.description.name} does not test its credential`);
    const nothing = {} as ICredentialTestFunctions;
    return await method.call(nothing, { data } as unknown as ICredentialsDecrypted);
  }

  /** A sentence that leads to a field of the dialog, and shows no secret. */
  const expectNamesField = ({ status, message }: INodeCredentialTestResult): void => {
    expect(status).toBe('Error');
    const names = credentialType.properties.map(({ displayName }) => displayName);
    expect(names.filter((name) => message.includes(name))).not.toEqual([]);
    for (const { name, typeOptions } of credentialType.properties) {
      const value = credential(rig.gateway.url)[name];
      if (typeOptions?.password && value) expect(message).not.toContain(String(value));
    }
  };

  describe('the test of the credential', () => {
    it('passes with the right one', async () => {
      expect(await test(credential(rig.gateway.url))).toMatchObject({ status: 'OK' });
      expect(rig.gateway.asked.every(({ method }) => method === 'GET')).toBe(true);
    });

    const answers: Array<[string, Reply]> = [
      ['a key that the shop does not know', { status: 401, body: { message: 'no' } }],
      ['a key that may not read', { status: 403, body: { message: 'no' } }],
      ['an address without API', { status: 404, body: '<h1>Not found</h1>' }],
      ['a website', { headers: { 'content-type': 'text/html' }, body: '<h1>Hello</h1>' }],
      ['an address that leads on', { status: 301, headers: { location: 'https://x.example/' } }],
    ];

    it.each(answers)('names the field for %s', async (_, reply) => {
      rig.gateway.before = () => reply;
      expectNamesField(await test(credential(rig.gateway.url)));
    });

    it.each(['', 'shop', 'ftp://shop.example', 'http://127.0.0.1:1'])(
      'names the field for the address "%s"',
      async (url) => expectNamesField(await test(credential(url))),
    );
  });
}

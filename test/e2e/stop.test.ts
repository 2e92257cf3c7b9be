import { expectNothingLeft } from '../support/npmStart';

jest.setTimeout(400_000);

/** The two moments that tell most; the others are tried by `npm run nightly`. */
describe('npm start, ended', () => {
  it('by Ctrl-C while n8n is starting leaves nothing behind', async () => {
    await expectNothingLeft('Ctrl-C', 'Starting the sandbox and n8n', 6_000);
  });

  it('by kill while n8n is running leaves nothing behind', async () => {
    await expectNothingLeft('SIGTERM', 'n8n is running', 0);
  });
});

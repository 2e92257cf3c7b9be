import type { Reply } from '../../../support/httpServer';
import type { Rig } from '../rig';

const EMAIL = 'ada.lovelace@example.com';
const CARD = '4111 1111 1111 1111';

/** Everything that an error would show or keep somewhere. */
function allOf(error: unknown): string {
  const { message, description, stack } = error as Error & { description?: string };
  return [message, description, stack, JSON.stringify(error)].join('\n');
}

/** What a failure tells, and what it keeps to itself. */
export function describeErrors(rig: Rig): void {
  const { credentialType, operations, credential } = rig.service;

  /** What nobody may read in an error: every field of the credential that is hidden in its dialog. */
  const secrets = (): string[] => {
    const values = credential(rig.gateway.url);
    return credentialType.properties
      .filter(({ typeOptions }) => typeOptions?.password)
      .map(({ name }) => String(values[name] ?? ''))
      .filter((value) => value !== '');
  };

  /** An answer that tells what it should not, in every field in which services put their reasons. */
  const indiscreet = (status: number): Reply => {
    const [secret = ''] = secrets();
    const text = `No: api_key=${secret} of ${EMAIL}, card ${CARD}`;
    const said = {
      message: text,
      Message: text,
      detail: text,
      title: text,
      error: { message: text },
      fault: { text },
    };
    return { status, body: { ...said, order: { email: EMAIL, card: CARD } } };
  };

  const failedPoll = async (): Promise<unknown> =>
    await rig
      .start()
      .poll()
      .catch((thrown: unknown) => thrown);

  const expectDiscreet = (text: string): void => {
    expect(text).not.toBe('');
    for (const secret of [...secrets(), EMAIL, CARD]) expect(text).not.toContain(secret);
  };

  describe('a failure', () => {
    const statuses = [400, 401, 403, 404, 422];
    const ofLists = statuses.filter((status) => status !== rig.service.emptyList);

    it.each(ofLists)(
      'of the poll (%i) tells its status and repair, and no secret',
      async (status) => {
        rig.gateway.before = () => indiscreet(status);
        const error = await failedPoll();
        expect(error).toMatchObject({
          message: expect.stringContaining(String(status)) as string,
          description: expect.stringMatching(/\w+ \w+/) as string,
        });
        expectDiscreet(allOf(error));
      },
    );

    it.each(statuses)(
      'of the node (%i) tells its status and repair, and no secret',
      async (status) => {
        rig.gateway.before = () => indiscreet(status);
        const stopped = await rig.run(operations.getOrder('1'), [{}]);
        expect(stopped.error).toMatchObject({
          description: expect.stringMatching(/\w+ \w+/) as string,
        });
        expectDiscreet(allOf(stopped.error));
        const branch = await rig.run(operations.getOrder('1'), [{}], {
          onError: 'continueErrorOutput',
        });
        expect(branch.output(0)).toEqual([]);
        expect(branch.output(1)).toMatchObject([
          { error: expect.stringContaining(String(status)) as string, details: { status } },
        ]);
        expectDiscreet(JSON.stringify(branch.output(1)));
      },
    );

    it('of an answer of an unexpected shape names fields, not what stands in them', async () => {
      rig.gateway.before = () => ({ body: [[EMAIL, CARD]] });
      const error = await failedPoll();
      expect(error).toBeInstanceOf(Error);
      expectDiscreet(allOf(error));
    });

    it('of a web page instead of data says so', async () => {
      rig.gateway.before = () => ({
        headers: { 'content-type': 'text/html' },
        body: `<html>${EMAIL}</html>`,
      });
      const error = await failedPoll();
      expect(error).toMatchObject({ message: expect.stringContaining('text/html') as string });
      expectDiscreet(allOf(error));
    });

    it('of a shop that has moved names the place, and the key does not follow', async () => {
      rig.gateway.before = () => ({
        status: 301,
        headers: { location: `${rig.gateway.url}/elsewhere?token=x` },
      });
      const run = await rig.run(operations.getOrder('1'), [{}]);
      expect(run.error?.message).toContain(rig.gateway.url);
      expect(run.error?.message).not.toContain('token=x');
      expect(rig.gateway.asked).toHaveLength(1);
    });
  });
}

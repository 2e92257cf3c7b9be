import { ERROR_CLASSES, type ErrorClass, ServiceError } from '../../../../core/errors';
import type { HttpResponse } from '../../../../core/http/types';
import { getOperation } from '../../../../core/odata/operations';
import type { Rig } from '../rig';

const EMAIL = 'ada.lovelace@example.com';
const CARD = '4111 1111 1111 1111';

/** Everything that an error would show or keep somewhere. */
function allOf(error: ServiceError): string {
  return [error.message, error.stack, JSON.stringify(error.toDetails())].join('\n');
}

/** What a failure tells, and what it keeps to itself. */
export function describeErrors(rig: Rig): void {
  const { table } = rig.subject;
  const { set, text, number } = table;

  const failureOf = async (call: () => Promise<unknown>): Promise<ServiceError> => {
    const error = await call().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ServiceError);
    return error as ServiceError;
  };
  const expectDiscreet = (error: ServiceError): void => {
    const token = rig.asked.at(-1)?.headers?.['authorization']?.replace('Bearer ', '') ?? '';
    expect(token).not.toBe('');
    for (const secret of [token, EMAIL, CARD]) expect(allOf(error)).not.toContain(secret);
  };

  const indiscreet = () => `${EMAIL} paid with ${CARD} `.padEnd(text.longest + 1, 'x');
  const calls: [string, ErrorClass[], () => Promise<unknown>][] = [
    ['a row that is not there', ['not-found'], () => rig.client.get(set, table.unusedKey())],
    // It is the name that is wrong, whatever the status: services differ in how they see it.
    [
      'a table that is not there',
      ['not-found', 'validation'],
      () => rig.client.list('nosuchtable'),
    ],
    ['a column that is not there', ['validation'], () => rig.client.create(set, { nosuch: 1 })],
    [
      'a column to look in that is not there',
      ['validation'],
      () => rig.client.list(set, { filter: `nosuch eq '${EMAIL}'` }),
    ],
    [
      'a text that is too long',
      ['validation'],
      () => rig.client.create(set, rig.row(indiscreet())),
    ],
    [
      'a value of another type',
      ['validation'],
      () => rig.client.create(set, { [number]: indiscreet() }),
    ],
    ['a filter that is none', ['validation'], () => rig.client.list(set, { filter: 'x ) eq' })],
  ];

  describe('a failure', () => {
    it.each(calls)('of %s is told as %p, with code and repair', async (_, oneOf, call) => {
      const error = await failureOf(call);
      expect(oneOf).toContain(error.class);
      expect(error).toMatchObject({
        retryable: false,
        code: expect.stringMatching(/\w/) as string,
        fix: expect.stringMatching(/\w+ \w+/) as string,
      });
      expect(error.message).toMatch(/\w+ \w+/);
      expectDiscreet(error);
      expect(await rig.texts()).toEqual([]);
    });

    it('is the same in a batch as alone', async () => {
      const row = rig.row(indiscreet());
      const alone = await failureOf(() => rig.client.create(set, row));
      const [outcome] = await rig.client.batch([rig.creating(row)]);
      if (outcome?.ok !== false) throw new Error('The batch did not fail');
      const { class: errorClass, code, fix, message } = alone;
      expect(outcome.error).toMatchObject({ class: errorClass, code, fix, message });
      expectDiscreet(outcome.error);
    });

    it.each([400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 500, 502, 504, 599])(
      'of status %i without a word of the service has a class, and keeps what was said in front of it',
      async (status) => {
        const body = `<html>${EMAIL} ${CARD}</html>`;
        const headers = { 'content-type': 'text/html' };
        rig.onResponse = (): HttpResponse => ({ status, headers, body });
        const error = await failureOf(() => rig.client.list(set));
        expect(ERROR_CLASSES).toContain(error.class);
        expect(error).toMatchObject({
          status,
          message: expect.stringMatching(/\w+ \w+/) as string,
        });
        expectDiscreet(error);
      },
    );

    it('is what a page in front of the service is, though its status be 200', async () => {
      const key = table.primaryKey(await rig.make(rig.row('first')));
      rig.onResponse = () => ({
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: `<html>${EMAIL}</html>`,
      });
      const foreign = { class: 'transient', code: rig.service.foreignCode };
      const { client } = rig;
      for (const call of [
        () => client.get(set, key),
        () => client.list(set),
        () => client.create(set, rig.row('second')),
        () => client.update(set, key, rig.row('second')),
        () => client.delete(set, key),
      ]) {
        const error = await failureOf(call);
        expect(error).toMatchObject({ ...foreign, fix: expect.stringMatching(/proxy/) as string });
        expectDiscreet(error);
      }
      const outcomes = await client.batch([
        getOperation(rig.service, set, key),
        rig.creating(rig.row('third')),
      ]);
      expect(outcomes).toMatchObject([
        { ok: false, error: foreign },
        { ok: false, error: foreign },
      ]);
    });

    it.each([
      'https://elsewhere.example/rows',
      '//elsewhere.example/rows',
      '/',
      '../../..',
      '\ud83d',
    ])('is a path that leads out of the service: %s', async (path) => {
      const error = await failureOf(() => rig.client.request({ method: 'GET', path }));
      expect(error).toMatchObject({ class: 'validation', fix: expect.any(String) as string });
      expect(rig.asked).toEqual([]);
    });

    it('is a header with a line break', async () => {
      const headers = { 'x-note': 'a\r\nauthorization: none' };
      const error = await failureOf(() =>
        rig.client.request({ method: 'GET', path: set, headers }),
      );
      expect(error.class).toBe('validation');
      expect(rig.asked).toEqual([]);
    });
  });
}

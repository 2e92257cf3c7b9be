import { type ErrorClass, ServiceError } from '../errors';
import { cancelledError } from '../http/wait';
import { patiently } from './patience';

/** Works with what throws these errors one after the other, and then is well. Says how often it was tried, and waited. */
async function tried(errors: Error[], signal?: AbortSignal) {
  const left = [...errors];
  const waits: number[] = [];
  let tries = 0;
  const work = async (): Promise<string> => {
    tries += 1;
    const error = left.shift();
    if (error) throw error;
    return 'done';
  };
  const sleep = async (ms: number, given?: AbortSignal): Promise<void> => {
    waits.push(ms);
    if (given?.aborted) throw cancelledError();
  };
  const ended = await patiently(work, signal, { sleep }).catch((error: Error) => error);
  return { ended, tries, waits };
}

const failure = (errorClass: ErrorClass): ServiceError =>
  new ServiceError(errorClass, { class: errorClass });

test('waits for a ledger that is locked, and for what nobody understands', async () => {
  expect(await tried([failure('transient'), new Error('database is locked')])).toEqual({
    ended: 'done',
    tries: 3,
    waits: [5000, 5000],
  });
});

test('gives up after five tries, with what the last one said', async () => {
  const errors = [1, 2, 3, 4, 5].map((at) => new ServiceError(String(at), { class: 'transient' }));
  expect(await tried(errors)).toMatchObject({ ended: errors[4], tries: 5 });
});

test.each(['configuration', 'validation', 'permission'] as const)(
  'says at once what time does not heal: %s',
  async (errorClass) => {
    const error = failure(errorClass);
    expect(await tried([error])).toEqual({ ended: error, tries: 1, waits: [] });
  },
);

test('a run that is stopped waits no longer, and tries nothing more', async () => {
  expect(await tried([cancelledError()])).toMatchObject({ tries: 1, waits: [] });
  const stopped = await tried([failure('transient')], AbortSignal.abort());
  expect(stopped).toMatchObject({ tries: 1, ended: { code: 'CANCELLED' } });
});

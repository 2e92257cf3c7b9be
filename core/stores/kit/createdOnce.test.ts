import { type ErrorClass, ServiceError } from '../../errors';
import { cancelledError } from '../../http/wait';
import { createdOnce } from './createdOnce';

const failure = (errorClass: ErrorClass, code?: string) =>
  new ServiceError('No answer.', { class: errorClass, code });

const attempt = (error: Error, find?: () => Promise<string | undefined>) => {
  const make = jest.fn().mockRejectedValue(error);
  const done = createdOnce<string>({ service: 'Shop', one: 'order', make, find });
  return { make, done };
};

it('is made without a look where the answer says so', async () => {
  const find = jest.fn();
  const make = () => Promise.resolve('made');
  expect(await createdOnce({ service: 'Shop', one: 'order', make, find })).toBe('made');
  expect(find).not.toHaveBeenCalled();
});

it.each<ErrorClass>(['transient', 'unknown'])(
  'is found after a failure that is %s',
  async (name) => {
    const find = jest.fn().mockResolvedValue('found');
    const { make, done } = attempt(failure(name), find);
    expect(await done).toBe('found');
    expect(make).toHaveBeenCalledTimes(1);
    expect(find).toHaveBeenCalledTimes(1);
  },
);

it.each<[string, (() => Promise<string | undefined>) | undefined]>([
  ['it is not there', () => Promise.resolve(undefined)],
  ['looking fails too', () => Promise.reject(failure('authentication'))],
  ['there is nothing to look for it by', undefined],
])('is held where %s', async (_, find) => {
  await expect(attempt(failure('transient', 'ECONNRESET'), find).done).rejects.toMatchObject({
    class: 'held',
    code: 'IN_DOUBT',
    message: 'Shop did not say whether it made this order: No answer.',
    fix: expect.stringMatching(/^Look in the store .* Requeue .* Discard/) as string,
  });
});

it.each<[string, ErrorClass, string | undefined]>([
  ['refused', 'validation', undefined],
  ['too many', 'throttled', undefined],
  ['never sent', 'transient', 'ECONNREFUSED'],
])('fails as it did where the request was %s', async (_, name, code) => {
  const find = jest.fn();
  const error = failure(name, code);
  await expect(attempt(error, find).done).rejects.toBe(error);
  expect(find).not.toHaveBeenCalled();
});

it('ends with the run, and says to look before the next one', async () => {
  const find = jest.fn();
  await expect(attempt(cancelledError(), find).done).rejects.toMatchObject({
    code: 'CANCELLED',
    fix: 'The run was stopped while Shop was to make this order. Look in the store whether it is there before you start the run again.',
  });
  expect(find).not.toHaveBeenCalled();
});

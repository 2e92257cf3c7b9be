/** What is worked on, by key, to the end of the last work that waits for it. */
const tails = new Map<string, Promise<void>>();

/**
 * Works when all earlier work on any of these keys has ended. All keys are taken at once, so that no two works can wait
 * for each other. It holds within this process alone.
 *
 * @param keys of the whole process: each begins with what kind of work it is
 */
export async function inTurn<T>(keys: Iterable<string>, work: () => Promise<T>): Promise<T> {
  const own = [...new Set(keys)];
  const before = own.flatMap((key) => tails.get(key) ?? []);
  let end = (): void => {};
  const turn = new Promise<void>((resolve) => {
    end = resolve;
  });
  for (const key of own) tails.set(key, turn);
  try {
    await Promise.all(before);
    return await work();
  } finally {
    for (const key of own) if (tails.get(key) === turn) tails.delete(key);
    end();
  }
}

/** What is worked on, by key, to the end of the last work that waits for it. */
const tails = new Map<string, Promise<void>>();

/**
 * Works when all earlier work on any of these keys has ended. All keys are taken at once, so that no two works can wait
 * for each other.
 *
 * It holds within this process. Another worker process of n8n may look for a customer at the same moment: a customer
 * of the shop has the same key there, and Dataverse makes no second row of a key; but a guest and a customer with the
 * same e-mail address have two keys, and become two rows where neither is there yet and both come in the same second by
 * two workers. The next order finds both, and the rule for several decides.
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

import type { INodeExecutionData } from 'n8n-workflow';

import { dryByPath } from '../../shared/dryPath';
import type { Operation } from '../../shared/operation';
import { type AnySteps, itemSteps } from '../../shared/steps';
import { withField } from './output';

const AT_REST = {
  state: 'dry-run',
  note: 'Nothing is done or noted, because this is a dry run',
} as const;

/** An item of a dry run stands for itself; of another there is what the operation makes of it. */
type Work = typeof AT_REST | { work: unknown };
type Result = typeof AT_REST | { result: unknown };

const isAtRest = (one: Work | Result): one is typeof AT_REST => one === AT_REST;

/** Of the items of a dry run the operation sees none; they go on as they are, with a note. */
function withoutDry(steps: AnySteps, isDry: (item: INodeExecutionData) => boolean): AnySteps {
  const { once } = steps;
  return itemSteps<Work, Result>({
    ...(once && { once }),
    async prepare(item, index) {
      if (isDry(item)) return AT_REST;
      const work = await steps.prepare(item, index);
      return work === undefined ? undefined : { work };
    },
    async run(all) {
      const meant = all.flatMap((one) => (isAtRest(one) ? [] : [one.work]));
      const outcomes = (meant.length > 0 ? await steps.run(meant) : []).values();
      return all.map((one) => {
        if (isAtRest(one)) return { ok: true, value: AT_REST };
        const outcome = outcomes.next().value;
        if (!outcome) throw new Error('An item of the operation has no result');
        return outcome.ok ? { ok: true, value: { result: outcome.value } } : outcome;
      });
    },
    output: (item, result, index) =>
      isAtRest(result)
        ? withField(item, 'ledger', { ...AT_REST }, index)
        : steps.output(item, result.result, index),
  });
}

/** An operation of the ledger that changes something, and does nothing in a dry run. */
export const restingWhenDry = (operation: Operation): Operation => ({
  ...operation,
  async start(...given) {
    const [context] = given;
    return withoutDry(await operation.start(...given), dryByPath(context));
  },
});

import type { Operation } from '../../shared/operation';
import { once } from '../../shared/steps';
import { hintNothing, openScoped, scopeFields } from '../fields/scope';
import { presentStatistics } from '../present';

export const statistics: Operation = {
  name: 'Statistics',
  value: 'statistics',
  action: 'Get statistics',
  description:
    'Count the records by state (also those that are held), what is due, and the reasons of dead letters',
  properties: scopeFields({ allFormerly: true }),
  async start(context) {
    const opened = await openScoped(context);
    return once(async () => {
      const { total, flows } = await opened.ledger.statistics({ flow: opened.scope.flow });
      if (flows.length === 0) await hintNothing(context, opened, { what: 'records' });
      const named = flows.map(({ flow, flowName, ...counts }) => ({
        flow,
        ...(flowName !== undefined && { flowName }),
        ...presentStatistics(counts),
      }));
      return [{ ...presentStatistics(total), flows: named }];
    });
  },
};

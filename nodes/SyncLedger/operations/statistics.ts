import type { Operation } from '../../shared/operation';
import { once } from '../../shared/steps';
import { ledgerOf } from '../connection';
import { allFlowsField, flowScopeFields, flowScopeOf } from '../fields/flow';
import { presentStatistics } from '../present';

export const statistics: Operation = {
  name: 'Statistics',
  value: 'statistics',
  action: 'Get statistics',
  description:
    'Count the records by state (also those that are held), what is due, and the reasons of dead letters',
  properties: flowScopeFields.map((field) =>
    field === allFlowsField ? { ...field, default: true } : field,
  ),
  start(context) {
    const flow = flowScopeOf(context);
    return once(async () => {
      const { total, flows } = await (await ledgerOf(context)).statistics({ flow });
      const named = flows.map(({ flow: name, ...counts }) => ({
        flow: name,
        ...presentStatistics(counts),
      }));
      return [{ ...presentStatistics(total), flows: named }];
    });
  },
};

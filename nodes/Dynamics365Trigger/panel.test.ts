import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { publish } from '../../test/support/trigger';
import { Dynamics365Trigger } from './Dynamics365Trigger.node';

const trigger = new Dynamics365Trigger();
const { properties, subtitle } = trigger.description;

it.each([
  [{ receiveBy: 'poll' }, 'Sales Orders: Change Tracking'],
  [{ triggerOn: 'account' }, 'Accounts: Webhook and change tracking'],
  [
    {
      triggerOn: 'table',
      table: { __rl: true, mode: 'list', value: 'lead' },
    },
    'lead: Webhook and change tracking',
  ],
  [
    {
      triggerOn: 'table',
      table: { __rl: true, mode: 'name', value: 'lead' },
      receiveBy: 'webhook',
    },
    'lead: Webhook',
  ],
])('says under the node what %j follows', (parameters, expected) => {
  const { workflow } = publish({
    ...{ trigger, parameters, id: 'panel', credential: {} },
    credentialType: new DynamicsDataverseApi(),
  });
  const node = workflow.getNode('Trigger');
  if (!node) throw new Error('There is no trigger');
  expect(workflow.expression.getSimpleParameterValue(node, subtitle, 'internal', {})).toBe(
    expected,
  );
});

it('says which columns count by itself, what a row is called by, and how it is reached', () => {
  const named = (name: string) => properties.find((each) => each.name === name);
  expect(named('watchedColumns')?.description).toContain(
    'of quotes statecode, statuscode; of sales orders statecode, statuscode, datefulfilled',
  );
  expect(named('testNumber')).toMatchObject({
    displayName: 'Row for Test Runs',
    placeholder: 'e.g. ORD-01042-K7M2P9',
    description: expect.stringMatching(/^Number, name or ID of the one row /),
  });
  expect(named('webhookNotice')?.displayName).toContain('https');
  expect(named('receiveBy')?.options).toContainEqual(
    expect.objectContaining({
      name: 'Webhook Only',
      description: expect.stringContaining('is lost'),
    }),
  );
  expect(named('events')?.description).toContain('Deleted is not chosen');
});

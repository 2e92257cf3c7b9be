import { describeBusyShop } from './cases/busyShop';
import { describeCancelling } from './cases/cancelling';
import { describeClocks } from './cases/clocks';
import { describeCredential } from './cases/credential';
import { describeDoubles } from './cases/doubles';
import { describeEchoes } from './cases/echoes';
import { describeEvents } from './cases/events';
import { describeErrors } from './cases/errors';
import { describeFirstPoll } from './cases/firstPoll';
import { describeForgeries } from './cases/forgeries';
import { describeLateOrders } from './cases/lateOrders';
import { describeManyOrders } from './cases/manyOrders';
import { describeRecords } from './cases/records';
import { describeShifts } from './cases/shifts';
import { describeSources } from './cases/sources';
import { describeStock } from './cases/stock';
import { describeTestRuns } from './cases/testRuns';
import { describeTold } from './cases/told';
import { describeTroubles } from './cases/troubles';
import { describeWebhook } from './cases/webhook';
import { otherKind, serviceFor } from './kinds';
import { type Rig, useShop } from './rig';
import type { StoreUnderTest } from './service';

/** What holds for every kind of records that a trigger follows. */
function describeTrigger(rig: Rig): void {
  describeFirstPoll(rig);
  describeManyOrders(rig);
  describeLateOrders(rig);
  describeShifts(rig);
  describeBusyShop(rig);
  describeTroubles(rig);
  describeClocks(rig);
  describeDoubles(rig);
  describeSources(rig);
  describeEvents(rig);
  describeTestRuns(rig);
  describeWebhook(rig);
  describeForgeries(rig);
  describeEchoes(rig);
}

/**
 * What every store has to keep: its trigger loses, doubles and echoes nothing, whatever the shop and the network do, and
 * its node writes what it should and nothing else. Tried from the outside, on n8n's own contexts and over real HTTP.
 */
export function describeStore(service: StoreUnderTest): void {
  describe(service.name, () => {
    const rig = useShop(service);
    describeTrigger(rig);
    describeRecords(rig);
    describeStock(rig);
    describeErrors(rig);
    describeTold(rig);
    describeCancelling(rig);
    describeCredential(rig);
  });

  for (const kind of service.kinds ?? []) {
    describe(`${service.name}, ${kind.many} in the place of orders`, () => {
      describeTrigger(useShop(serviceFor(service, kind), otherKind(service, kind)));
    });
  }
}

import { describeBatches } from './cases/batches';
import { describeCancelling } from './cases/cancelling';
import { describeChangeSets } from './cases/changeSets';
import { describeDoubts } from './cases/doubts';
import { describeErrors } from './cases/errors';
import { describeFaults } from './cases/faults';
import { describeFilters } from './cases/filters';
import { describeKeys } from './cases/keys';
import { describePaging } from './cases/paging';
import { describeRows } from './cases/rows';
import { describeValues } from './cases/values';
import { useService } from './rig';
import type { ODataServiceUnderTest } from './service';

/**
 * What the client of every OData service has to keep, whatever the service calls its tables, keys and errors: what
 * is written is there once, what is looked for is found, and every failure says what to do. Over real HTTP.
 */
export function describeODataService(subject: ODataServiceUnderTest): void {
  describe(subject.name, () => {
    const rig = useService(subject);
    describeRows(rig);
    describeKeys(rig);
    describeFilters(rig);
    describeValues(rig);
    describePaging(rig);
    describeBatches(rig);
    describeChangeSets(rig);
    describeFaults(rig);
    describeDoubts(rig);
    describeErrors(rig);
    describeCancelling(rig);
  });
}

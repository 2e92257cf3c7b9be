import { noContent } from '../../../odata/http/message';
import { errors } from '../../errors';
import { refuseUnlessActive } from '../../sales/editable';
import type { DocumentKind } from '../../sales/kinds';
import { documentIn, type Run } from './action';

/** LockSalesOrderPricing and its like: price lists reach the lines of a locked document no more. */
export const setPricesLocked =
  (kind: DocumentKind, key: string, locked: boolean): Run =>
  (call, body) => {
    const { engine, session, writer } = call;
    const { id, row } = documentIn(call, kind, body, key);
    refuseUnlessActive(engine, kind, row);
    if (row.ispricelocked === locked && engine.switches.pricesLockedAgain === 'reject') {
      throw errors.invalidArgument(
        `The prices of ${kind.document} ${id} are ${locked ? 'locked' : 'unlocked'} already.`,
      );
    }
    const table = engine.model.required(kind.document);
    writer.change(session, table, id, { ispricelocked: locked }, 'message');
    return noContent();
  };

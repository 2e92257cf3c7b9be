import type { Engine } from '../engine';
import { isReference, type Reference } from '../store/row';

/** Currency of the organisation. */
export function baseCurrency(engine: Engine): Reference | undefined {
  for (const organization of engine.database.store('organization').rows.values()) {
    if (isReference(organization.basecurrencyid)) return organization.basecurrencyid;
  }
  return undefined;
}

import type { TellField } from '../documents';
import { minorUnits } from './currencies';
import type { Settled } from './draft';
import { toMinor } from './minor';
import type { Surcharge } from './order';
import { chargeOf } from './totals';

/** Names of a merchant's own; what is longer is no name. */
const LONGEST_NAME = 40;

/** What comes on top of an order's lines, and off them: in whole minor units, neither ever below 0. */
export class Charges {
  freight = 0;
  discount = 0;

  constructor(
    private readonly order: Settled,
    private readonly scale: number,
    private readonly tell: TellField,
  ) {
    const { totals } = order;
    for (const name of ['shipping', 'handling'] as const) {
      const amount = toMinor(totals[name], scale);
      this.count(`totals.${name}`, name, amount, amount >= 0);
    }
    const discount = toMinor(totals.discount, scale);
    this.count('totals.discount', 'discount that adds', -discount, discount >= 0);
    this.countFees(toMinor(totals.fees, scale));
  }

  put(amount: number): void {
    if (amount > 0) this.freight += amount;
    else this.discount -= amount;
  }

  /** Told where it stands on a side that its name does not say. */
  count(field: string, name: string, amount: number, isUsual: boolean): void {
    this.put(amount);
    if (isUsual || amount === 0) return;
    const text = (amount / this.scale).toFixed(minorUnits(this.order.currency));
    this.tell(field, `${name} ${text} counts as ${amount > 0 ? 'freight' : 'discount'}`);
  }

  /** One by one, where their total is their sum; else that total, which a row has filled. */
  private countFees(total: number): void {
    const fees = this.order.surcharges.flatMap((one, at) =>
      one.included || chargeOf(one) !== 'fees'
        ? []
        : [{ one, at, amount: toMinor(one.amount, this.scale) }],
    );
    if (fees.reduce((sum, { amount }) => sum + amount, 0) !== total) {
      this.count('totals.fees', 'fees', total, false);
      return;
    }
    for (const { one, at, amount } of fees) {
      this.count(`surcharges[${at}].amount`, nameOf(one), amount, false);
    }
  }
}

function nameOf({ type, name, code }: Surcharge): string {
  const first = [type, name, code].find((text) => text !== undefined && text !== '') ?? 'fee';
  return first.length > LONGEST_NAME ? `${first.slice(0, LONGEST_NAME)}…` : first;
}

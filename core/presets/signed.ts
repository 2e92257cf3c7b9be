/** Payments of shops that tell by the sign of an amount which way the money goes: the common model tells it by the type. */
import type { Condition, FieldRule, MappingSpec, TransformCall } from '../mapping/spec';
import { key, moment, money, needed, ornament, partOf } from './parts';

export interface Signed {
  /** Money is given back, whatever the type says. */
  givesBack: Condition;
  /** The amount as 0 or more. */
  amount: FieldRule[];
  /** Comes behind the rules for the type. */
  refund: FieldRule;
}

/** @param type where the type stands: what was only reserved is taken back, and not given */
export function signed(from: string, type: string, currencyFrom: string): Signed {
  const below0: Condition = { path: from, is: 'lessThan', value: 0 };
  const isVoid: Condition = { path: type, is: 'in', value: ['Void', 'void', 'VOID'] };
  const amount = money('amount', from, currencyFrom);
  const givesBack: Condition = { and: [below0, { not: isVoid }] };
  return {
    givesBack,
    amount: [
      amount,
      { ...amount, transforms: [...(amount.transforms ?? []), 'negate'], when: below0 },
    ],
    refund: { to: 'type', value: 'refund', when: givesBack },
  };
}

/** What stands alone must name its amount; in a list, none is 0. */
export function withNone([amount, ...others]: FieldRule[], none: Partial<FieldRule>): FieldRule[] {
  return amount === undefined ? [] : [{ ...amount, ...none }, ...others];
}

export interface RefundFields {
  /** The id of the payment in the shop. */
  record: string;
  /** By which the refund is known, such as the number of a credit memo. */
  id: string;
  orderId: string;
  signed: Signed;
  type: string;
  /** Refuses a type that gives nothing back. */
  types: TransformCall[];
  currency: FieldRule;
  status: FieldRule[];
  reason: string;
  date: string;
}

/** A payment that gives money back; any other is refused, because its amount would be given back once more. */
export function refund(platform: string, from: RefundFields): MappingSpec {
  return {
    from: `${platform}.payment`,
    to: 'commerce.refund',
    fields: [
      ...partOf(platform, from.record),
      needed(key('id', from.id)),
      needed(key('orderId', from.orderId)),
      ...withNone(from.signed.amount, { required: true }),
      from.currency,
      {
        to: 'status',
        from: from.type,
        transforms: from.types,
        required: true,
        when: { not: from.signed.givesBack },
        note: 'Of another type it is no refund, unless its amount is below 0',
      },
      // Whatever it was that let the refund through, the shop says how far it has come.
      { to: 'status', value: 'unknown' },
      ...from.status,
      ornament('reason', from.reason),
      moment('refundedAt', from.date),
    ],
  };
}

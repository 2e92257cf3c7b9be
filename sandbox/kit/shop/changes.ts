/** What the staff of every shop may change of an order. */
export interface ShopChange {
  /** Position of the line, from 0. */
  line?: number;
  quantity?: number;
  /** The date of its last change that the order has then; absent: now, and later than before. */
  at?: Date;
}

/** Whether lines are changed: one is named, or a quantity, or nothing at all, and then the first line gets one piece more. */
export const changesLines = ({ line, quantity, at: _, ...others }: ShopChange): boolean =>
  line !== undefined ||
  quantity !== undefined ||
  Object.values(others).every((value) => value === undefined);

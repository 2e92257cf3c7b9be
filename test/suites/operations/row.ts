/** What a row of the table of operations says: how an operation is asked, and what it must have done. */
import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';

import type { ErrorClass } from '../../../core/errors';
import type { OperationsShop } from './shop';

/** One item that starts an operation. */
export interface Asked {
  /** Of the node, where they belong to this item; what differs between the items becomes an expression. */
  parameters?: IDataObject;
  /** Fields of the record to write by their names in the panel: the runner knows where each of them stands. */
  fields?: IDataObject;
  /** What the item itself holds. */
  json?: IDataObject;
}

/** What is in the shop, and what has to be there; `undefined`: nothing. */
export interface Kept {
  is: unknown;
  expected: unknown;
}

export interface OperationRow {
  resource: string;
  operation: string;
  /** Prepares the shop where that is needed, and says what two items ask for: each for something else. */
  ask(shop: OperationsShop): Promise<[Asked, Asked]> | [Asked, Asked];
  /** Files that every item carries. */
  binary?: IBinaryKeyData;
  /** What one more item asks for that cannot be done, over what the first asks for; left out: by the fields that the node has. */
  bad?: Asked;
  /** What the error of that item names. */
  says?: RegExp;
  /** And of which class it is; left out: of any. */
  fails?: ErrorClass;
  /** No item can be wrong: the operation asks nothing of it. It then runs once, whatever number of items starts it. */
  asksNothing?: true;
  /** What each output of an item shows, so that it is known for its own. */
  shows?(asked: Asked, index: number): object;
  /** The same where it is no field of the output, but made of it. */
  tells?(asked: Asked, output: IDataObject): Kept;
  /** How many items come of each; left out: one or more. */
  counts?: readonly [number, number];
  /** Where the operation writes: what became of it in the shop, for one item. Left out: it leaves the shop as it was. */
  kept?(shop: OperationsShop, asked: Asked, output: IDataObject): Kept;
  /** What a dry run cannot know, because the service works it out. */
  unforeseen?: {
    /** Fields of what `shows` says. */
    shown?: readonly string[];
    /** Columns, each behind its table, that change with what was written. */
    follows?: RegExp;
    /** Tables of a plan whose records the service does not keep among the others. */
    elsewhere?: RegExp;
  };
  /** What the preview shows of each output; left out: all. `none`: outputs have nothing in common. */
  preview?: readonly string[] | 'none';
}

export type Requests = Readonly<Record<string, number>>;

/** An operation that takes all items together: how many requests they cost, by route. */
export interface ManyRow {
  resource: string;
  operation: string;
  /** Which of several ways it is asked. */
  when?: string;
  ask(shop: OperationsShop): Promise<Asked[]> | Asked[];
  /** Requests by `METHOD route`, as the sandbox counts them; all others are none. */
  requests: Requests | ((shop: OperationsShop) => Requests);
  /** What the shop keeps of one item then. */
  kept(shop: OperationsShop, asked: Asked): Kept;
}

export const titleOf = ({ resource, operation }: { resource: string; operation: string }): string =>
  `${resource}: ${operation}`;

/** The first two of a list; a table needs them both. */
export function pair<T>([one, other]: readonly T[]): [T, T] {
  if (one === undefined || other === undefined) throw new Error('The shop has not two of these');
  return [one, other];
}

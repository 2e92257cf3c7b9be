import { parseArgs } from 'node:util';

import { UsageError } from '../lib/usageError';
import type { ShopName } from '../n8n/sandbox-control';
import { SHOPS, type Shop } from '../n8n/shop';

/** What a person has chosen behind `npm start --`. */
export interface Choices {
  /** One, or all of them. */
  shops: readonly Shop[];
  /** Everything ends after the check. */
  exit: boolean;
  /** Sandbox and n8n alone, with nothing set up. */
  tutorial: boolean;
}

const USAGE = `Write npm start -- [--exit] [--store ${[...SHOPS.keys()].join(' | ')}] [--tutorial].`;

/** Throws a `UsageError`, with what can be written instead, on a shop or an option that does not exist. */
export function choicesIn(args: string[]): Choices {
  const { store, ...values } = optionsIn(args);
  return { ...values, shops: shopsFor(store) };
}

function optionsIn(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        exit: { type: 'boolean', default: false },
        store: { type: 'string' },
        tutorial: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${USAGE}`);
  }
}

function shopsFor(store: string | undefined): readonly Shop[] {
  if (store === undefined) return [...SHOPS.values()];
  const shop = SHOPS.get(store as ShopName);
  if (shop) return [shop];
  throw new UsageError(`There is no shop "${store}". ${USAGE}`);
}

/**
 * `npm run store-cost`: what each store costs in lines of code, in the folders that are its own, and what all have in common
 * (the kits, what nodes and credentials share). Tests, comments and blank lines do not count.
 */
import { kitCost, storeCost, storeNames } from './lib/storeCost';

const rows = storeNames().map((store) => [store, storeCost(store)] as const);

console.table(Object.fromEntries([...rows, ['in common', kitCost()]]));

import type { ServiceName } from '../../sandbox/services';
import type { Counts } from '../../scripts/n8n/sandbox-control';

/** Operations of Dataverse, as the sandbox counts them, that leave everything as it is. */
const READS = /^(?:query|retrieve|read|get|list|metadata(?! write)|WhoAmI|Retrieve)/;

type OfService = Record<ServiceName, Counts>;

/** Operations that have changed something in Dataverse, with how often. */
export const writesOfDataverse = ({ dataverse }: OfService): Array<[string, number]> =>
  Object.entries(dataverse.operations).filter(([name]) => !READS.test(name));

/** What changes nothing: reading, and signing in. */
const READS_OF_SHOP = /^GET |token|auth/i;

/** Requests by which a shop was told something, by its routes. */
export const writesOfShop = (counts: OfService, shop: ServiceName): Array<[string, number]> =>
  Object.entries(counts[shop].byRoute).filter(([route]) => !READS_OF_SHOP.test(route));

/** Operations of shops, as the sandbox counts them, that change nothing of what they hold. */
const LOOKS = /^(?:list|read|get|hooks?|issue token|log in|sign in) ?/;

/** Operations that have changed something in a shop, with how often: what it has refused, such as too many requests, is none. */
export const changesOfShop = (counts: OfService, shop: ServiceName): Array<[string, number]> =>
  Object.entries(counts[shop].operations).filter(([name]) => !LOOKS.test(name));

export const sumOf = (writes: Array<[string, number]>): number =>
  writes.reduce((sum, [, count]) => sum + count, 0);

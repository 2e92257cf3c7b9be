/**
 * How many decimals an amount of a currency has (ISO 4217, "minor unit"). Two, where nothing else stands here.
 */
const MINOR_UNITS: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    .split(' ')
    .map((code): [string, number] => [code, 0]),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code): [string, number] => [code, 3]),
  ...'CLF UYW'.split(' ').map((code): [string, number] => [code, 4]),
]);

/** Decimals of an amount in `currency`: 2 for USD, 0 for JPY, 3 for KWD. */
export function minorUnits(currency: string | undefined): number {
  return currency === undefined ? 2 : (MINOR_UNITS.get(currency) ?? 2);
}

export function isCurrencyCode(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z]{3}$/.test(value);
}

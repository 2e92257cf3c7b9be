/** Custom tables are numbered from here. */
export const FIRST_TYPE_CODE = 10_000;

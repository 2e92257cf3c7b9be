import { ApiError } from './errors';
import { filterDate } from './dates';
import type { Query } from './query';

type Test<T> = (row: T) => boolean;

/** Makes the test of one filter. `name` is what the caller calls it. */
export type Filter<T> = (value: string, name: string) => Test<T>;

/** By the name in the query, in small letters. */
export type Filters<T> = Readonly<Record<string, Filter<T>>>;

type Get<T, V> = (row: T) => V;

function numberIn(value: string, name: string): number {
  const number = Number(value);
  if (Number.isFinite(number)) return number;
  throw new ApiError(400, `The value '${value}' is not valid for ${name}.`);
}

export const equals =
  <T>(get: Get<T, number>): Filter<T> =>
  (value, name) => {
    const number = numberIn(value, name);
    return (row) => get(row) === number;
  };

export const atLeast =
  <T>(get: Get<T, number>): Filter<T> =>
  (value, name) => {
    const number = numberIn(value, name);
    return (row) => get(row) >= number;
  };

export const atMost =
  <T>(get: Get<T, number>): Filter<T> =>
  (value, name) => {
    const number = numberIn(value, name);
    return (row) => get(row) <= number;
  };

/** The whole text, whatever its case. */
export const is =
  <T>(get: Get<T, string>): Filter<T> =>
  (value) => {
    const text = value.toLowerCase();
    return (row) => get(row).toLowerCase() === text;
  };

/** A part of the text, whatever its case. */
export const contains =
  <T>(get: Get<T, string>): Filter<T> =>
  (value) => {
    const text = value.toLowerCase();
    return (row) => get(row).toLowerCase().includes(text);
  };

/** 1 or 0; -1 is any. */
export const flag =
  <T>(get: Get<T, boolean>): Filter<T> =>
  (value) => {
    const wanted = value.toLowerCase();
    if (wanted === '-1') return () => true;
    const on = wanted === '1' || wanted === 'true';
    return (row) => get(row) === on;
  };

/** From this moment on; a day alone begins at midnight. */
export const since =
  <T>(get: Get<T, string>): Filter<T> =>
  (value, name) => {
    const { day, time = '00:00:00' } = filterDate(name, value);
    const bound = `${day}T${time}`;
    return (row) => get(row) >= bound;
  };

/** Until this moment; a day alone ends with its last second. Recorded: `dateend` takes in the whole day. */
export const until =
  <T>(get: Get<T, string>): Filter<T> =>
  (value, name) => {
    const { day, time = '23:59:59' } = filterDate(name, value);
    const bound = `${day}T${time}`;
    return (row) => get(row) <= bound;
  };

/** From this day on: `lastupdatestart` knows days alone. */
export const sinceDay =
  <T>(get: Get<T, string>): Filter<T> =>
  (value, name) => {
    const { day } = filterDate(name, value);
    return (row) => get(row) >= `${day}T00:00:00`;
  };

/** Before this day: `lastupdateend` ends with the midnight at its beginning, as a client found that adds a day. */
export const beforeDay =
  <T>(get: Get<T, string>): Filter<T> =>
  (value, name) => {
    const { day } = filterDate(name, value);
    return (row) => get(row) < `${day}T00:00:00`;
  };

/** The rows that pass every filter of the query; names that the resource does not know are ignored. */
export function filtered<T>(rows: readonly T[], filters: Filters<T>, query: Query): readonly T[] {
  const tests = Object.entries(filters).flatMap(([name, filter]) => {
    const value = query.text(name);
    return value === undefined ? [] : [filter(value, name)];
  });
  return tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)));
}

const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?$/i;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = `(?<name>${MONTHS.join('|')})[a-z]*\\.?`;
const TIME =
  '(?:,?\\s+(?<time>\\d{1,2}:\\d{2}(?::\\d{2})?)(?:\\s*(?<zone>Z|GMT|UTC|[+-]\\d{2}:?\\d{2}))?)?';
/** Further spellings that PHP reads: American, European, and with the month as a word (RFC 2822 too). */
const SPELLINGS = [
  '(?<month>\\d{1,2})/(?<day>\\d{1,2})/(?<year>\\d{4})',
  '(?<year>\\d{4})/(?<month>\\d{1,2})/(?<day>\\d{1,2})',
  '(?<day>\\d{1,2})[.-](?<month>\\d{1,2})[.-](?<year>\\d{4})',
  `(?:[a-z]{3,9},?\\s+)?(?<day>\\d{1,2})[ -]${MONTH}[ -](?<year>\\d{4})`,
  `${MONTH}\\s+(?<day>\\d{1,2}),?\\s+(?<year>\\d{4})`,
].map((spelling) => new RegExp(`^${spelling}${TIME}$`, 'i'));
const UNIX = /^@(-?\d+)(?:\.\d+)?$/;
const RELATIVE = /^([+-]?\d+) (second|sec|minute|min|hour|day|week)s?( ago)?$/i;

const SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  sec: 1,
  minute: 60,
  min: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
};

const DAY = 86_400;

function named(text: string, now: number): number | undefined {
  const midnight = Math.floor(now / DAY) * DAY;
  const days: Readonly<Record<string, number>> = {
    now,
    today: midnight,
    midnight,
    yesterday: midnight - DAY,
    tomorrow: midnight + DAY,
  };
  return days[text.toLowerCase()];
}

function relative(text: string, now: number): number | undefined {
  const match = RELATIVE.exec(text);
  if (match === null) return undefined;
  const [, count = '0', unit = '', ago] = match;
  const seconds = Number(count) * (SECONDS[unit.toLowerCase()] ?? 0);
  return now + (ago === undefined ? seconds : -seconds);
}

/** The same date in ISO 8601, when it is written in another way that PHP reads. */
function respelled(text: string): string {
  for (const spelling of SPELLINGS) {
    const parts = spelling.exec(text)?.groups;
    if (parts === undefined) continue;
    const { year = '', day = '', name, time = '00:00', zone = 'Z' } = parts;
    const month = name ? String(MONTHS.indexOf(name.toLowerCase()) + 1) : (parts.month ?? '');
    const date = [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-');
    return `${date}T${time.padStart(time.length > 5 ? 8 : 5, '0')}${/^(GMT|UTC)$/i.test(zone) ? 'Z' : zone}`;
  }
  return text;
}

function iso(text: string): number | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [, day = '', time = '00:00:00', zone = 'Z'] = match;
  const milliseconds = Date.parse(`${day}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}

/**
 * A date as PHP's `DateTime` understands it, as Unix seconds (the store keeps whole seconds): ISO 8601 with or
 * without time and zone (UTC when absent), `5/1/2024`, `1.5.2024`, `1 May 2024`, `@seconds`, `now`, `yesterday`,
 * `-2 hours`. Undefined when it is none of these: the filters then ignore it silently, and the caller gets the full list.
 */
export function phpDate(text: string, now: Date): number | undefined {
  const trimmed = text.trim();
  const unix = UNIX.exec(trimmed);
  if (unix !== null) return Number(unix[1]);
  const nowSeconds = Math.floor(now.getTime() / 1000);
  return iso(respelled(trimmed)) ?? named(trimmed, nowSeconds) ?? relative(trimmed, nowSeconds);
}

/** Unix seconds of a date the store itself has written. */
export const secondsOf = (text: string): number => Math.floor(Date.parse(text) / 1000);

const wholeSeconds = (time: number): string => new Date(time).toISOString().slice(0, 19);

/** How profiles write dates: whole seconds, UTC, with `+00:00`. */
export const storeDate = (date: Date): string => `${wholeSeconds(date.getTime())}+00:00`;

/** How orders do, and what is below them: in UTC, without a colon (output classes of 5.5.0). */
export const orderDate = (date: Date): string => `${wholeSeconds(date.getTime())}+0000`;

const STORE_OFFSET = { ms: -5 * 3_600_000, text: '-0500' };

/** How products do: by the clock on the store's wall. */
export const productDate = (date: Date): string =>
  `${wholeSeconds(date.getTime() + STORE_OFFSET.ms)}${STORE_OFFSET.text}`;

type Bounds = Readonly<Record<string, string>>;

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  after: (value, bound) => value >= bound,
  before: (value, bound) => value <= bound,
  strictly_after: (value, bound) => value > bound,
  strictly_before: (value, bound) => value < bound,
};

/** A test for Unix seconds by `[after|before|strictly_after|strictly_before]`. */
export function dateTest(bounds: Bounds, now: Date): (seconds: number) => boolean {
  const tests = Object.entries(bounds).flatMap(([key, text]) => {
    const compare = COMPARISONS[key];
    const bound = phpDate(text, now);
    if (compare === undefined || bound === undefined) return [];
    return [(seconds: number): boolean => compare(seconds, bound)];
  });
  return (seconds) => tests.every((test) => test(seconds));
}

/** The parameters of a date filter, each with the property that it looks at. */
export const dateFilters = (property: string): Record<string, string> =>
  Object.fromEntries(Object.keys(COMPARISONS).map((key) => [`${property}[${key}]`, property]));

/** What stands where something secret or personal stood. */
export const REMOVED = '[removed]';
export const REMOVED_EMAIL = '[e-mail]';
export const REMOVED_CARD = '[card number]';

/** Begins with the base64url of `{"`. One that was cut off has fewer parts, one that is encrypted may have an empty one. */
const JWT = /\beyJ[\w-]{8,}(?:\.[\w-]*)*/g;

const SCHEME = /\b(Bearer|Basic|SharedAccessSignature)\s+[\w\-.~+/%&=:]+/gi;

const SECRET_NAMES = [
  'client[_-]?secret',
  'client[_-]?assertion',
  'secret',
  'pass(?:word|wd)?',
  'access[_-]?token',
  'refresh[_-]?token',
  'id[_-]?token',
  'x-auth-token',
  'authorization',
  'api[_-]?key',
  'auth[_-]?value',
  'cvv2?',
];

/** `name=value`, `name: value`, `"name":"value"`, also with the quotes of a string inside JSON. */
const NAMED = new RegExp(
  `((?<![\\w-])(?:${SECRET_NAMES.join('|')})\\\\?["']?\\s*[=:]\\s*)` +
    `(\\\\?"(?:[^"\\\\]|\\\\[^"])*\\\\?"|'[^']*'|[^\\s&,;"'}]+)`,
  'gi',
);

/** Signatures and keys in an address. Only after `?` or `&`: `"code":"0x80040237"` is no secret. */
const QUERY = /([?&](?:_key|key|code|sig|token)=)[^&\s"'<>#]+/gi;

/** Annotation names such as `customerid_account@odata.bind` are shaped like an address, and are none. */
const EMAIL =
  /[\p{L}\p{N}._%+'-]{0,64}[^\s"<>(),:;@[\]\\]@(?!odata\.(?:bind|id|type|etag|context|count|nextLink|deltaLink|community)\b|microsoft\.(?:dynamics|powerapps)\.|org\.odata\.)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu;

const GUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const DIGITS_OR_GUID = new RegExp(`${GUID}|\\d(?:[ -]?\\d){12,}`, 'gi');

const ZERO = '0'.charCodeAt(0);

/** The check digit that every card number carries (ISO/IEC 7812-1). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - ZERO;
    const weighed = place % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

const LONGEST_CARD_NUMBER = 19;

/** A card number may stand between other groups of digits: every span of whole groups is looked at. */
function holdsCardNumber(run: string): boolean {
  const groups = run.split(/[ -]/);
  return groups.some((_, first) => {
    let digits = '';
    for (const group of groups.slice(first, first + LONGEST_CARD_NUMBER)) {
      digits += group;
      if (digits.length > LONGEST_CARD_NUMBER) return false;
      if (digits.length >= 13 && passesLuhn(digits)) return true;
    }
    return false;
  });
}

function isGuid(text: string): boolean {
  return text.length === 36 && /^[0-9a-f]{8}-/i.test(text);
}

/**
 * Text without tokens, keys, card numbers and e-mail addresses. Whatever a service said passes through here
 * before it becomes part of an error or a log line. It takes away too much rather than too little.
 */
export function redact(text: string): string {
  return text
    .replace(JWT, REMOVED)
    .replace(SCHEME, `$1 ${REMOVED}`)
    .replace(NAMED, `$1${REMOVED}`)
    .replace(QUERY, `$1${REMOVED}`)
    .replace(EMAIL, REMOVED_EMAIL)
    .replace(DIGITS_OR_GUID, (run) => (!isGuid(run) && holdsCardNumber(run) ? REMOVED_CARD : run));
}

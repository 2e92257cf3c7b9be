/** What people paste who take it for the profile, by how it begins. The first that fits. */
const FOREIGN: ReadonlyArray<[begins: RegExp, says: string]> = [
  [
    /^```/,
    'these are the marks of a block of code: leave out this line, and the one with ``` at the end',
  ],
  [/^</, 'this is HTML or XML; a profile is JSON, such as { "extends": "brief" }'],
  [
    /^(?:[a-z]+:\/\/|\.{0,2}\/|[a-z]:\\)|^\S+\.(?:json|ya?ml)$/i,
    'this is where a profile may be found; paste its text here',
  ],
  [
    /^(?:---|#|-\s|[\w"'.-]+:\s)/,
    'this is YAML; a profile is JSON, such as { "extends": "brief" }',
  ],
  [
    /^[\w-]+$/,
    'this is no JSON: write { "extends": "brief" }, or choose a profile that comes with the pack',
  ],
];

/**
 * Of a text that is no JSON at all: what it is instead.
 *
 * @returns undefined where it begins as JSON does
 */
export function foreignText(text: string): string | undefined {
  const begin = text.trim();
  if (/^[{["]/.test(begin)) return undefined;
  return FOREIGN.find(([begins]) => begins.test(begin))?.[1];
}

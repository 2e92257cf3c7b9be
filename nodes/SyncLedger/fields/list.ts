/** The parts of a text with commas between, without blanks; none where it is empty. */
export function listOf(text: unknown): string[] {
  return String(text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

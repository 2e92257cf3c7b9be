/** Each word with a capital letter, as n8n writes names of parameters. */
export const titled = (words: string): string =>
  words.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());

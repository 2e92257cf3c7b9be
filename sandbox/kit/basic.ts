/** A percent sign that stands for itself is no fault: many clients leave out the encoding. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Id and secret of a client from the header `Authorization: Basic base64(id:secret)`, both percent-encoded (RFC 6749, 2.3.1).
 * The name of the scheme may be written in any case (RFC 9110, 11.1). Undefined where the header is of another scheme.
 */
export function basicClient(
  authorization: string | undefined,
): { id: string; secret: string } | undefined {
  const encoded = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { id: decoded(id), secret: decoded(secret.join(':')) };
}

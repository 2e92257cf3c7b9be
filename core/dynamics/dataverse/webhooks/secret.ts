import type { Proof } from '../../../webhooks/webhook';

/**
 * How Dataverse shows that a delivery is its own: it signs nothing, and sends along what the service endpoint was given
 * (Dataverse docs: register-web-hook). `header` is what nobody's log of addresses holds.
 */
export const SECRET_PLACES = ['header', 'query', 'key'] as const;

export type SecretPlace = (typeof SECRET_PLACES)[number];

interface Place {
  /** `serviceendpoint.authtype`. */
  authtype: number;
  in: 'header' | 'query';
  name: string;
  /** `authvalue`, which can be written and never read. */
  valueOf(name: string, secret: string): string;
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const settings = (name: string, secret: string): string =>
  `<settings><setting name="${escaped(name)}" value="${escaped(secret)}"/></settings>`;

const PLACES: Readonly<Record<SecretPlace, Place>> = {
  header: { authtype: 5, in: 'header', name: 'x-n8n-webhook-secret', valueOf: settings },
  query: { authtype: 6, in: 'query', name: 'secret', valueOf: settings },
  // The name is Dataverse's own.
  key: { authtype: 4, in: 'query', name: 'code', valueOf: (_name, secret) => secret },
};

/** What a delivery has to show; the kit compares it in constant time. */
export function proofsOf(place: SecretPlace): Proof[] {
  const { in: where, name } = PLACES[place];
  return [{ by: 'secret', in: where, name }];
}

export const authTypeOf = (place: SecretPlace): number => PLACES[place].authtype;

/** Columns of a service endpoint. */
export function authentication(
  place: SecretPlace,
  secret: string,
): { authtype: number; authvalue: string } {
  const { authtype, name, valueOf } = PLACES[place];
  return { authtype, authvalue: valueOf(name, secret) };
}

import { randomUUID } from 'node:crypto';

interface Lifetime {
  /** Milliseconds since the epoch. */
  ends: number;
}

const CODE_SECONDS = 600;

const endOf = (now: Date, seconds: number): Lifetime => ({ ends: now.getTime() + seconds * 1000 });

/**
 * Codes and tokens of OAuth 2.0 that have been handed out. They are random even though all else is seeded: after a reset
 * the same ones would come again, and none that is kept from before may open the store.
 */
export class Tokens {
  private codes = new Map<string, Lifetime & { redirectUri: string }>();
  private access = new Map<string, Lifetime>();
  private refresh = new Set<string>();

  issueCode(redirectUri: string, now: Date): string {
    const code = randomUUID();
    this.codes.set(code, { ...endOf(now, CODE_SECONDS), redirectUri });
    return code;
  }

  /** Takes a code, which is good once, for the address to which it was sent. */
  redeem(code: string, redirectUri: string, now: Date): boolean {
    const known = this.codes.get(code);
    this.codes.delete(code);
    return known?.redirectUri === redirectUri && known.ends > now.getTime();
  }

  issueAccess(now: Date, seconds: number): string {
    const token = randomUUID();
    this.access.set(token, endOf(now, seconds));
    return token;
  }

  issueRefresh(): string {
    const token = randomUUID();
    this.refresh.add(token);
    return token;
  }

  canRefresh(token: string): boolean {
    return this.refresh.has(token);
  }

  dropRefresh(token: string): void {
    this.refresh.delete(token);
  }

  isOpen(token: string, now: Date): boolean {
    return (this.access.get(token)?.ends ?? 0) > now.getTime();
  }

  /** Every access token issued until now counts as expired; refresh tokens stay good. */
  expire(): void {
    this.access = new Map();
  }

  reset(): void {
    this.expire();
    this.codes = new Map();
    this.refresh = new Set();
  }
}

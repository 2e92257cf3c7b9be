/** A bucket of requests that fills again with time: what a service answers at once, and in a second. */
export class RateLimit {
  private left = Infinity;
  private at = 0;

  /**
   * Takes one request out.
   *
   * @returns seconds until there is one again; 0: it has been taken
   */
  take(now: Date, perSecond: number): number {
    if (perSecond <= 0) return 0;
    const time = now.getTime();
    const passed = Math.max(0, time - this.at) / 1000;
    this.left = Math.min(perSecond, this.left + passed * perSecond);
    this.at = time;
    if (this.left < 1) return (1 - this.left) / perSecond;
    this.left -= 1;
    return 0;
  }

  reset(): void {
    this.left = Infinity;
  }
}

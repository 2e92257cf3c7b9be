/** Service protection limits, per user in a sliding window. */
export interface Limits {
  windowSeconds: number;
  requests: number;
  executionSeconds: number;
  concurrent: number;
}

/** The usual ones; an environment may have others. Source: Dataverse docs, api-limits (2023). */
export const LIMITS: Readonly<Limits> = {
  windowSeconds: 300,
  requests: 6000,
  executionSeconds: 1200,
  concurrent: 52,
};

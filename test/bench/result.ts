/** One figure of one bench: ours beside a peer's, measured in the same run. */
export interface BenchResult {
  name: string;
  ours: number;
  peer: number;
  /** How many times better ours is; for a plain figure without a peer, ours itself. */
  ratio: number;
  unit: string;
  higherIsBetter: boolean;
  /** What `ratio` is held against. */
  budget: number;
  pass: boolean;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

export interface Comparison {
  name: string;
  unit: string;
  ours: number[];
  peer: number[];
  higherIsBetter: boolean;
  /** Least ratio that passes. */
  budget: number;
}

/** Medians of both sides, and how many times better ours is. */
export function compare({
  name,
  unit,
  ours,
  peer,
  higherIsBetter,
  budget,
}: Comparison): BenchResult {
  const [mine, theirs] = [median(ours), median(peer)];
  const ratio = higherIsBetter ? mine / theirs : theirs / mine;
  return {
    name,
    ours: round(mine),
    peer: round(theirs),
    ratio: round(ratio),
    unit,
    higherIsBetter,
    budget,
    pass: ratio >= budget,
  };
}

/** A figure of ours that has a ceiling instead of a peer. */
export function ceiling(name: string, unit: string, values: number[], budget: number): BenchResult {
  const ours = median(values);
  return {
    name,
    ours: round(ours),
    peer: budget,
    ratio: round(ours),
    unit,
    higherIsBetter: false,
    budget,
    pass: ours <= budget,
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

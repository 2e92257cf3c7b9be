/** What of OData's grammar a service speaks, and where it is found. */
export interface Grammar {
  /** Matches the service root at the beginning of a URL: absolute, or a path. */
  root: RegExp;
  /** System query options that the service takes, such as `$filter`. */
  options: ReadonlySet<string>;
  /** Those of them that it does not take inside `$expand`. */
  notInExpand: ReadonlySet<string>;
  /** Names of the functions that a `$filter` may call, such as `contains`. */
  functions: ReadonlySet<string>;
  /** Namespace of the service's own query functions, with the dot at its end; left out: it has none. */
  namespace?: string;
}

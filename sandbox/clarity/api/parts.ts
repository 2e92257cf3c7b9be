import type { RateLimit, SandboxContext } from '../../kit';
import type { Hooks } from '../hooks';
import type { ClarityStore } from '../store';
import type { Sessions } from './sessions';
import type { Tokens } from './tokens';

/** Who asks: a reader may not write. */
export type Role = 'reader' | 'writer';

/** What the API works with. */
export interface Parts {
  store: ClarityStore;
  context: SandboxContext;
  hooks: Hooks;
  tokens: Tokens;
  sessions: Sessions;
  rate: RateLimit;
  /** Sends what has happened, if this kind of change is told. */
  tell(by: 'api' | 'staff'): void;
}

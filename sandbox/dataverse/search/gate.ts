import { actingUser, type Engine, type Session } from '../engine';
import { DataverseError } from '../errors';
import type { Model } from '../schema/model';

/** Whether an environment is searched. Source: Dataverse docs, search/overview, "Check Organization table". */
export function isEnabled({ database }: Engine): boolean {
  const [organization] = database.store('organization').rows.values();
  return organization?.isexternalsearchindexenabled !== false;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

interface Asked {
  user: string;
  at: number;
}

const asked = new WeakMap<Model, Asked[]>();

/**
 * Refuses a search where the environment has none, and one that comes too soon. Documented: one request a second of each
 * user, and 150 a minute of the environment. The code of that refusal is not; it is that of other limits here.
 */
export function enterSearch(engine: Engine, session: Session): void {
  if (!isEnabled(engine)) {
    throw new DataverseError(
      400,
      '0x80048d0b',
      'Dataverse Search feature is disabled for this organization.',
    );
  }
  if (!engine.context.faults.limited('dataverse')) return;
  const { perSecond, perMinute } = engine.switches.searchLimits;
  const now = engine.now().getTime();
  const user = actingUser(engine, session);
  const recent = (asked.get(engine.model) ?? []).filter(({ at }) => now - at < MINUTE);
  const own = recent.filter((one) => one.user === user && now - one.at < SECOND);
  asked.set(engine.model, recent);
  if (own.length >= perSecond) throw tooMany(1);
  if (recent.length >= perMinute) {
    const oldest = recent[0]?.at ?? now;
    throw tooMany(Math.max(1, Math.ceil((oldest + MINUTE - now) / SECOND)));
  }
  recent.push({ user, at: now });
}

const tooMany = (seconds: number): Error =>
  new DataverseError(
    429,
    '0x80072322',
    'Number of requests exceeded the limit of Dataverse search.',
    { 'Retry-After': String(seconds) },
  );

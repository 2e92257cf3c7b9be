import type { TriggerSettings } from './settings';

/** The settings with the kind as the store that was opened has it, and its events. */
export function settingsIn<Store>(
  settings: TriggerSettings<Store>,
  store: Store,
): TriggerSettings<Store> {
  const { kind: chosen, events } = settings;
  const kind = chosen.of?.(store);
  if (!kind) return settings;
  const own = (event: string): string =>
    event.replace(/^.*\.(?=[^.]*$)/, () => `${kind.type.kind}.`);
  return { ...settings, kind, events: events.map(own) };
}

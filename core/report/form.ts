import { allOf, choicesOf } from './choices';
import { asHtml, escapeHtml, type Page } from './page';
import type { Stopped } from './stopped';

export const SEND_AGAIN = 'Send again';
export const DISCARD = 'Discard: give them up for good';

/** What comes back from the form, by the names of its fields. */
export interface FormAnswer {
  /** Words of what was ticked. */
  which: string[];
  action: typeof SEND_AGAIN | typeof DISCARD;
  /** When the form was made (ISO 8601). */
  asOf: string;
}

const options = (labels: readonly string[]): object => ({
  values: labels.map((option) => ({ option })),
});

/** How many have stopped, with those that are not among the records. */
export type StoppedCounts = Readonly<Record<'dead' | 'held', number>>;

const wholes = (counts: StoppedCounts): string[] =>
  (['dead', 'held'] as const)
    .filter((state) => counts[state] > 1)
    .map((state) => allOf(state, counts[state]));

/**
 * The page on which a person repairs, as the n8n Form node takes its fields by JSON: the report, what there is to tick,
 * and what to do with it. Without anything that stopped it is the report alone.
 */
export function formOf(
  page: Page,
  { records, counts, now }: { records: readonly Stopped[]; counts: StoppedCounts; now: Date },
): string {
  const report = {
    fieldType: 'html',
    elementName: 'report',
    html: `<h2>${escapeHtml(page.subject)}</h2>${asHtml({ ...page, end: [], link: undefined })}`,
  };
  const choice = [
    {
      fieldLabel: 'Which',
      fieldName: 'which',
      fieldType: 'checkbox',
      requiredField: true,
      fieldOptions: options([...wholes(counts), ...choicesOf(records)]),
    },
    {
      fieldLabel: 'What to do',
      fieldName: 'action',
      fieldType: 'dropdown',
      requiredField: true,
      defaultValue: SEND_AGAIN,
      fieldOptions: options([SEND_AGAIN, DISCARD]),
    },
    { fieldName: 'asOf', fieldType: 'hiddenField', fieldValue: now.toISOString() },
  ];
  const fields = JSON.stringify(records.length > 0 ? [report, ...choice] : [report]);
  // The form puts the text in by String.replace, to which a dollar sign is a command.
  return fields.replaceAll('$', String.raw`\u0024`);
}

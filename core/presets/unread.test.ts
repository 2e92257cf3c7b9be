import fc from 'fast-check';

import type { DocumentType } from '../documents';
import { compileMapping, explainMapping, override } from '../mapping';
import type { OverlayRow } from '../mapping';
import { DOCUMENTS, PRESETS, findDocument, findPreset } from '.';

const CONTEXT = {
  source: { platform: 'xcart', store: 'main', currency: 'USD' },
  settings: { prices: 'net' },
};

/** The same documents, of which nothing is known that would let a mapping leave anything out. */
const ALL_READ: DocumentType[] = DOCUMENTS.map((document) => ({ ...document, reads: undefined }));

type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree => value !== null && typeof value === 'object';

/** Tells every field that is read of a document, lists with `[*]`. */
function watched<Value extends object>(document: Value, seen: Set<string>, prefix = ''): Value {
  return new Proxy(document, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol' || typeof value === 'function') return value;
      if (Array.isArray(target)) {
        if (!isTree(value) && /^\d+$/.test(key)) seen.add(prefix);
        return isTree(value) ? watched(value, seen, `${prefix}[*]`) : value;
      }
      const path = prefix === '' ? key : `${prefix}.${key}`;
      if (!isTree(value)) seen.add(path);
      return isTree(value) ? watched(value, seen, path) : value;
    },
  });
}

const isMade = (path: string): boolean => path === 'booked' || path === 'lines[*].booked';

test.each(DOCUMENTS.filter(({ reads }) => reads).map((document) => [document.name, document]))(
  'what is worked out of a %s reads nothing but what is said of it',
  (_name, { sample, complete, check, reads = [] }) => {
    const seen = new Set<string>();
    for (const prices of ['net', 'gross']) {
      const document = watched(structuredClone(sample), seen);
      complete?.(document, { prices }, () => undefined);
      check?.(document);
    }
    const isSaid = (path: string) =>
      reads.some(
        (said) => path === said || path.startsWith(`${said}.`) || path.startsWith(`${said}[`),
      );
    expect(seen.size).toBeGreaterThan(0);
    expect([...seen].filter((path) => !isSaid(path) && !isMade(path))).toEqual([]);
  },
);

const sampleOf = (name: string): object => structuredClone(findDocument(name)?.sample ?? {});

/** Orders and customers as shops write them, with what cannot be read here and there. */
function oddSamples(name: string): object[] {
  const odd: unknown[] = [undefined, null, '', {}, [], 'call me', -1];
  const sample = sampleOf(name) as Tree;
  return Object.keys(sample).flatMap((key) => odd.map((value) => ({ ...sample, [key]: value })));
}

/** Quotes and invoices are made by the rules of sales orders: of one shop is enough to show that theirs are read alike. */
const isRepeated = ({ from, to }: { from: string; to: string }): boolean =>
  from !== 'clarity.order' && ['dataverse.quote', 'dataverse.invoice'].includes(to);

const between = PRESETS.filter(
  (preset) => 'steps' in preset && preset.steps.length > 1 && !isRepeated(preset),
);

describe.each(between.map((preset) => [preset.name, preset] as const))('%s', (_name, preset) => {
  const targets = [...explainMapping(preset, DOCUMENTS).keys()];
  const inputs = [sampleOf(preset.from), ...oddSamples(preset.from)];

  const expectSame = (replaced: string[], input: object) => {
    const rows = replaced.map((to): OverlayRow => ({
      to,
      value: to.includes('[*]') ? 1 : to.slice(-9),
    }));
    const plan = override(preset, rows);
    const lean = compileMapping(plan, { documents: DOCUMENTS }).map(input, CONTEXT);
    const whole = compileMapping(plan, { documents: ALL_READ }).map(input, CONTEXT);
    if (lean.ok && whole.ok) {
      expect(lean.document).toEqual(whole.document);
      expect(whole.notes ?? []).toEqual(expect.arrayContaining(lean.notes ?? []));
    } else expect(lean).toEqual(whole);
  };

  test('puts out the same, and refuses the same, with any of its rows replaced', () => {
    const few = fc.subarray(targets, { maxLength: Math.min(6, targets.length) });
    const most = few.map((others) => targets.filter((to) => !others.includes(to)));
    fc.assert(fc.property(fc.oneof(few, most), fc.constantFrom(...inputs), expectSame), {
      numRuns: 60,
    });
  });

  test('puts out the same, and refuses the same, with all of its rows replaced', () => {
    for (const input of inputs) expectSame(targets, input);
  });
});

describe('a phone number that cannot be read', () => {
  const preset = findPreset('xcart.order', 'dataverse.salesorder');
  if (!preset) throw new Error('there is no preset for orders');
  const sample = sampleOf('xcart.order') as Tree;
  const input = {
    ...sample,
    billing_address: { ...(sample.billing_address as Tree), phone: 'call me' },
  };
  const noted = (...filled: string[]) => {
    const rows = filled.map((to): OverlayRow => ({ to, from: 'order_number' }));
    const mapping = compileMapping(override(preset, rows), { documents: DOCUMENTS });
    const result = mapping.map(input, CONTEXT);
    if (!result.ok) throw result.error;
    return (result.notes ?? []).map(({ field }) => field);
  };

  test('is told where a row of the preset reads it', () => {
    expect(noted('salesorder.name')).toContain('customer.phone');
    expect(noted('contact.telephone1')).toContain('customer.phone');
  });

  test('is not told once other fields fill all its columns', () => {
    expect(noted('contact.telephone1', 'account.telephone1')).not.toContain('customer.phone');
  });
});

import { SECOND, type Rig } from '../rig';
import type { Happening, Proof } from '../service';
import { delivering, sent, toldOf } from './delivering';

/** Ids that no shop has made, as JSON text. */
const FORGED_IDS = [
  '1e21',
  '0',
  '-1',
  '99999999999999999999999',
  '"99999999999999999999999"',
  '"0"',
  '"007"',
  '1.5',
  '"1e21"',
  '"-1"',
  '"0x10"',
  '"1 OR 1=1"',
  '"../products/1"',
  '"1?x=y"',
  '"1/notes"',
  '"%31"',
  '""',
  '" "',
  '"١٢"',
  'true',
  'null',
  '[1]',
  '{"id":1}',
];

/** Those that a shop whose ids are texts may well have made. */
const POSSIBLE_TEXTS: ReadonlySet<string> = new Set([
  '"99999999999999999999999"',
  '"0"',
  '"007"',
  '"1e21"',
  '"0x10"',
]);

const BODIES = ['', 'null', '{}', '"x"', '{', 'a=b', '\u0000', `${'['.repeat(20_000)}`];

/** Deliveries of somebody who is not the service, or whom somebody has got at. */
export function describeForgeries(rig: Rig): void {
  const { webhook } = rig.service;
  if (!webhook) return;
  const { secret, proofs } = webhook;
  const { kind } = rig.followed;
  const [told] = toldOf(webhook, kind);
  const other = told === 'created' ? 'changed' : 'created';
  const body = (event: Happening, id: string): string =>
    webhook.body({ event, id, kind, sentAt: Date.now() });
  const proven = (
    { headers }: Proof,
    text: string,
    by = secret,
    sentAt = Date.now(),
  ): Record<string, string> =>
    headers({ body: text, secret: by, event: `${kind}.${told}`, sentAt });

  /** Refused, and the shop is not asked. */
  const expectRefused = async (
    status: number,
    text: string,
    shown: Record<string, string>,
    { proof = proofs[0], secretIs }: { proof?: Proof; secretIs?: 'withoutSecret' } = {},
  ): Promise<void> => {
    const answer = await sent(rig.start({}, {}, secretIs), text, proof, { shown });
    expect({ text, ...answer }).toMatchObject({ text, status, items: [] });
    expect(rig.gateway.asked).toEqual([]);
    expect(JSON.stringify(answer)).not.toContain(secret);
  };

  describe('a forged delivery', () => {
    const order = body(told, '1');

    it('without any proof is refused', async () => await expectRefused(401, order, {}));

    it('is refused where no secret is set, also with an empty one', async () => {
      for (const proof of proofs) {
        const unset = { proof, secretIs: 'withoutSecret' } as const;
        await expectRefused(401, order, proven(proof, order, ''), unset);
        await expectRefused(401, order, proven(proof, order), unset);
      }
    });

    it.each(proofs)('with a wrong secret is refused ($name)', async (proof) => {
      for (const wrong of ['x', `${secret}x`, secret.slice(1), secret.toUpperCase(), ' ']) {
        await expectRefused(401, order, proven(proof, order, wrong), { proof });
      }
    });

    it.each(proofs)('with an empty or cut proof is refused ($name)', async (proof) => {
      const right = proven(proof, order);
      for (const broken of ['', 'sha256=', 'x']) {
        const names = Object.keys(right);
        await expectRefused(401, order, Object.fromEntries(names.map((name) => [name, broken])), {
          proof,
        });
      }
    });

    it('whose body was changed after signing is refused', async () => {
      for (const proof of proofs.filter(({ coversBody }) => coversBody)) {
        const right = proven(proof, order);
        for (const changed of [`${order} `, body(told, '2'), body(other, '1'), '']) {
          await expectRefused(401, changed, right, { proof });
        }
      }
    });

    it('with one right proof and one wrong is refused', async () => {
      for (const [index, proof] of proofs.entries()) {
        const others = proofs.filter((_, place) => place !== index);
        for (const wrong of others) {
          await expectRefused(401, order, {
            ...proven(proof, order),
            ...proven(wrong, order, 'x'),
          });
        }
      }
    });

    const stamped = proofs.filter(({ stamp }) => stamp !== undefined);
    if (stamped.length > 0) {
      it.each(stamped)('of long ago or of the future is refused ($name)', async (proof) => {
        const { toleranceMs = 0 } = proof.stamp ?? {};
        const [id = ''] = await rig.shop.place(1);
        const deliver = delivering(webhook, kind);
        for (const [ago, status] of [
          [toleranceMs - 30 * SECOND, undefined],
          [30 * SECOND - toleranceMs, undefined],
          [toleranceMs + 30 * SECOND, 401],
          [-toleranceMs - 30 * SECOND, 401],
        ] as const) {
          rig.gateway.reset();
          const answer = await deliver(rig.start(), { id, proof, sentAt: Date.now() - ago });
          expect({ ago, status: answer.status }).toEqual({ ago, status });
          expect(answer.items).toHaveLength(status === undefined ? 1 : 0);
          expect(rig.gateway.asked.length > 0).toBe(status === undefined);
        }
      });

      it.each(stamped)('without its time is refused ($name)', async (proof) => {
        const { [proof.stamp?.header ?? '']: _time, ...shown } = proven(proof, order);
        await expectRefused(401, order, shown, { proof });
      });

      it.each(stamped)(
        'of long ago with a new time beside it is refused ($name)',
        async (proof) => {
          const { header = '', toleranceMs = 0 } = proof.stamp ?? {};
          const sentAt = Date.now() - 2 * toleranceMs;
          const text = webhook.body({ event: told, id: '1', kind, sentAt });
          const { [header]: now = '' } = proven(proof, text);
          const anew = { ...proven(proof, text, secret, sentAt), [header]: now };
          await expectRefused(401, text, anew, { proof });
        },
      );
    }

    const ids = FORGED_IDS.filter((id) => !webhook.idsAreTexts || !POSSIBLE_TEXTS.has(id));
    it.each(ids)('that is signed and has the id %s is refused', async (id) => {
      const text = body(told, id);
      await expectRefused(400, text, proven(proofs[0], text));
    });

    it('that is signed and an empty list starts nothing', async () => {
      const shown = proven(proofs[0], '[]');
      expect((await sent(rig.start(), '[]', proofs[0], { shown })).items).toEqual([]);
      expect(rig.gateway.asked).toEqual([]);
    });

    it('that is signed and no delivery at all is refused', async () => {
      for (const text of BODIES) await expectRefused(400, text, proven(proofs[0], text));
    });
  });
}

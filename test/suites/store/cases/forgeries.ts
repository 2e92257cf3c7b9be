import type { Rig } from '../rig';
import type { Proof } from '../service';
import { sent } from './delivering';

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
  const body = (event: 'created' | 'changed', id: string): string =>
    webhook.body(event, id, rig.followed.kind);

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
    const order = body('created', '1');

    it('without any proof is refused', async () => await expectRefused(401, order, {}));

    it('is refused where no secret is set, also with an empty one', async () => {
      for (const proof of proofs) {
        const unset = { proof, secretIs: 'withoutSecret' } as const;
        await expectRefused(401, order, proof.headers(order, ''), unset);
        await expectRefused(401, order, proof.headers(order, secret), unset);
      }
    });

    it.each(proofs)('with a wrong secret is refused ($name)', async (proof) => {
      for (const wrong of ['x', `${secret}x`, secret.slice(1), secret.toUpperCase(), ' ']) {
        await expectRefused(401, order, proof.headers(order, wrong), { proof });
      }
    });

    it.each(proofs)('with an empty or cut proof is refused ($name)', async (proof) => {
      const right = proof.headers(order, secret);
      for (const broken of ['', 'sha256=', 'x']) {
        const names = Object.keys(right);
        await expectRefused(401, order, Object.fromEntries(names.map((name) => [name, broken])), {
          proof,
        });
      }
    });

    it('whose body was changed after signing is refused', async () => {
      for (const proof of proofs.filter(({ coversBody }) => coversBody)) {
        const right = proof.headers(order, secret);
        for (const changed of [`${order} `, body('created', '2'), body('changed', '1'), '']) {
          await expectRefused(401, changed, right, { proof });
        }
      }
    });

    it('with one right proof and one wrong is refused', async () => {
      for (const [index, { headers }] of proofs.entries()) {
        const others = proofs.filter((_, other) => other !== index);
        for (const other of others) {
          await expectRefused(401, order, {
            ...headers(order, secret),
            ...other.headers(order, 'x'),
          });
        }
      }
    });

    const ids = FORGED_IDS.filter((id) => !webhook.idsAreTexts || !POSSIBLE_TEXTS.has(id));
    it.each(ids)('that is signed and has the id %s is refused', async (id) => {
      const text = body('changed', id);
      await expectRefused(400, text, proofs[0].headers(text, secret));
    });

    it('that is signed and an empty list starts nothing', async () => {
      const shown = proofs[0].headers('[]', secret);
      expect((await sent(rig.start(), '[]', proofs[0], { shown })).items).toEqual([]);
      expect(rig.gateway.asked).toEqual([]);
    });

    it('that is signed and no delivery at all is refused', async () => {
      for (const text of BODIES) await expectRefused(400, text, proofs[0].headers(text, secret));
    });
  });
}

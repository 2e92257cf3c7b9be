import { unansweredError } from './unanswered';

const HOST = 'shop.example:8443';

test.each([
  ['ECONNREFUSED', 'refuses the connection', 'transient', /host and port/],
  ['ENOTFOUND', 'is not known: there is no host of that name', 'transient', /spelling/],
  ['EAI_AGAIN', 'could not be looked up', 'transient', /name server/],
  ['ETIMEDOUT', 'gave no answer in time', 'transient', /firewall/],
  ['UND_ERR_CONNECT_TIMEOUT', 'gave no answer in time', 'transient', /firewall/],
  ['ECONNRESET', 'broke off the connection', 'transient', /passes/],
  ['EHOSTUNREACH', 'cannot be reached from this machine', 'transient', /VPN/],
  ['ENETUNREACH', 'cannot be reached from this machine', 'transient', /VPN/],
  ['CERT_HAS_EXPIRED', 'has a certificate that is not valid today', 'authentication', /renewed/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'has a certificate for another name', 'authentication', /www/],
  [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'has a certificate that is not trusted',
    'authentication',
    /NODE_EXTRA_CA_CERTS/,
  ],
  [
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'has a certificate that is not trusted',
    'authentication',
    /NODE_EXTRA_CA_CERTS/,
  ],
  ['EPROTO', 'does not speak https at this address', 'transient', /http:\/\//],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'does not speak https at this address', 'transient', /port/],
  ['EWHATEVER', 'gave no answer', 'transient', /address/],
])('%s is a sentence with a repair', (code, says, errorClass, fix) => {
  // As undici and axios wrap it: once, twice, or once for each address of the host.
  const inner = Object.assign(new Error('connect 10.0.0.7:8443'), { code });
  const wrapped = [
    inner,
    new TypeError('fetch failed', { cause: inner }),
    new TypeError('fetch failed', { cause: new AggregateError([inner]) }),
  ];
  for (const error of wrapped) {
    const failure = unansweredError(error, HOST);
    expect(failure).toMatchObject({
      message: `${HOST} ${says} (${code}).`,
      code,
      class: errorClass,
    });
    expect(failure.fix).toMatch(fix);
  }
});

test('without a code, what happened is said in the words of whoever knows', () => {
  expect(unansweredError(new Error('no bridge'), HOST, () => 'no bridge').message).toBe(
    `${HOST} gave no answer (no bridge).`,
  );
  expect(unansweredError(undefined, HOST).message).toBe(`${HOST} gave no answer.`);
});

/** A certificate file for tests as an authority would give it: made here, without OpenSSL. */
import { webcrypto } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';

const exact = (bytes: Uint8Array) => Uint8Array.from(bytes).buffer;
const kinds = {
  rsa: {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  },
  'P-256': { name: 'ECDSA', namedCurve: 'P-256' },
} as const;

export interface CertificateFile {
  /** PKCS#12: the key, its certificate and the issuer's. */
  readonly bytes: Buffer;
  /** DER of the certificate. */
  readonly certificate: Buffer;
}

/** @param subject common name; valid from a day before `at` for `days`. */
export async function certificateFile(
  subject: string,
  password: string,
  kind: keyof typeof kinds,
  at: Date,
  days = 365,
): Promise<CertificateFile> {
  const engine = new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as unknown as Crypto });
  const pair = async () =>
    (await webcrypto.subtle.generateKey(kinds[kind], true, ['sign', 'verify'])) as CryptoKeyPair;
  const [rootKeys, keys] = [await pair(), await pair()];
  const certificate = async (name: string, publicKey: CryptoKey, isAuthority: boolean) => {
    const made = new pkijs.Certificate();
    made.version = 2;
    made.serialNumber = new asn1js.Integer({ value: isAuthority ? 1 : 2 });
    const commonName = (value: string) =>
      new pkijs.AttributeTypeAndValue({ type: '2.5.4.3', value: new asn1js.Utf8String({ value }) });
    made.issuer.typesAndValues.push(commonName('Sample authority'));
    made.subject.typesAndValues.push(commonName(name));
    made.notBefore.value = new Date(at.getTime() - 86_400_000);
    made.notAfter.value = new Date(at.getTime() + days * 86_400_000);
    const constraints = new pkijs.BasicConstraints({ cA: isAuthority });
    // keyCertSign; or digitalSignature and nonRepudiation.
    const usage = isAuthority
      ? new asn1js.BitString({ valueHex: new Uint8Array([0x04]).buffer, unusedBits: 2 })
      : new asn1js.BitString({ valueHex: new Uint8Array([0xc0]).buffer, unusedBits: 6 });
    made.extensions = [
      new pkijs.Extension({
        extnID: '2.5.29.19',
        critical: true,
        extnValue: constraints.toSchema().toBER(),
      }),
      new pkijs.Extension({ extnID: '2.5.29.15', critical: true, extnValue: usage.toBER() }),
    ];
    await made.subjectPublicKeyInfo.importKey(publicKey, engine);
    await made.sign(rootKeys.privateKey, 'SHA-256', engine);
    return made;
  };
  const root = await certificate('Sample authority', rootKeys.publicKey, true);
  const leaf = await certificate(subject, keys.publicKey, false);
  const secret = exact(Buffer.from(password));
  const encryption = {
    password: secret,
    contentEncryptionAlgorithm: { name: 'AES-CBC', length: 256 } as AesKeyAlgorithm,
    hmacHashAlgorithm: 'SHA-256',
    iterationCount: 2048,
  };
  const privateKey = pkijs.PrivateKeyInfo.fromBER(
    await webcrypto.subtle.exportKey('pkcs8', keys.privateKey as webcrypto.CryptoKey),
  );
  const shrouded = new pkijs.PKCS8ShroudedKeyBag({ parsedValue: privateKey });
  // pkijs' types leave out that a bag encrypts itself.
  await (
    shrouded as unknown as {
      makeInternalValues(given: typeof encryption, engine: pkijs.CryptoEngine): Promise<void>;
    }
  ).makeInternalValues(encryption, engine);
  const bag = (bagId: string, bagValue: pkijs.CertBag | pkijs.PKCS8ShroudedKeyBag) =>
    new pkijs.SafeBag({ bagId, bagValue });
  const contents = [
    bag('1.2.840.113549.1.12.10.1.2', shrouded),
    ...[leaf, root].map((one) => bag('1.2.840.113549.1.12.10.1.3', new pkijs.CertBag({ parsedValue: one }))),
  ];
  const safe = new pkijs.AuthenticatedSafe({
    parsedValue: {
      safeContents: [{ privacyMode: 1, value: new pkijs.SafeContents({ safeBags: contents }) }],
    },
  });
  await safe.makeInternalValues({ safeContents: [{ ...encryption }] }, engine);
  const file = new pkijs.PFX({ parsedValue: { integrityMode: 0, authenticatedSafe: safe } });
  await file.makeInternalValues(
    { password: secret, iterations: 2048, pbkdf2HashAlgorithm: 'SHA-256', hmacHashAlgorithm: 'SHA-256' },
    engine,
  );
  return {
    bytes: Buffer.from(file.toSchema().toBER()),
    certificate: Buffer.from(leaf.toSchema(true).toBER()),
  };
}

/**
 * Reads a signing certificate with its key out of a PKCS#12 file (RFC 7292) and says what keeps it from sealing documents.
 * Parsing by pkijs: PBES2 with AES, as OpenSSL 3 and Windows write it today; older files (RC2, triple DES) have to be written
 * anew. Pure but for the cryptography.
 */
import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { type Seal, signingAlgorithm } from './pdf-signature.ts';

export type Pkcs12Fault =
  | 'not-pkcs12'
  | 'wrong-password'
  | 'too-many-rounds'
  | 'old-encryption'
  | 'no-key'
  | 'key-kind'
  | 'key-usage'
  | 'not-yet-valid'
  | 'expired'
  | 'self-signed'
  | 'chain-missing'
  | 'chain-invalid';

/** More than any file with a chain has. */
export const mostPkcs12Bytes = 64 * 1024;
/**
 * Rounds by which the password is stretched, which the file itself names. For its code (RFC 7292, appendix B) they run in
 * this thread, about a million a second; for what is encrypted (PBKDF2) beside it, and all parts together count. Programs
 * write 2 000 to 100 000.
 */
const mostRounds = { code: 200_000, parts: 2_000_000 } as const;

const oid = {
  data: '1.2.840.113549.1.7.1',
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  keyUsage: '2.5.29.15',
} as const;

/**
 * Extended usages under which a document may be signed: e-mail and document signing (RFC 5280, RFC 9336), the makers' own of
 * Microsoft and Adobe, client authentication as Indian certificates carry it, and any.
 */
const signingUsages = [
  '1.3.6.1.5.5.7.3.4',
  '1.3.6.1.5.5.7.3.36',
  '1.3.6.1.4.1.311.10.3.12',
  '1.2.840.113583.1.1.5',
  '1.3.6.1.5.5.7.3.2',
  '2.5.29.37.0',
];

export interface OwnSeal extends Seal {
  readonly chain: readonly Uint8Array[];
  readonly validUntil: Date;
}

export type Pkcs12Answer =
  | { readonly ok: true; readonly seal: OwnSeal }
  | { readonly ok: false; readonly fault: Pkcs12Fault };

/** @param password ASCII: other characters are written differently by different programs */
export async function readPkcs12(bytes: Uint8Array, password: string, now: Date): Promise<Pkcs12Answer> {
  const fault = (code: Pkcs12Fault): Pkcs12Answer => ({ ok: false, fault: code });
  const opened = await open(bytes, password);
  if (typeof opened === 'string') return fault(opened);
  const { keys, certificates } = opened;
  const [privateKey] = keys;
  if (privateKey === undefined || keys.length > 1) return fault('no-key');
  let key: ReturnType<typeof createPrivateKey>;
  try {
    key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
  } catch {
    return fault('no-key');
  }
  if (signingAlgorithm(key) === undefined) return fault('key-kind');
  const leaf = certificates.find((one) => one.checkPrivateKey(key));
  if (leaf === undefined) return fault('no-key');
  if (leaf.validFromDate > now) return fault('not-yet-valid');
  if (leaf.validToDate <= now) return fault('expired');
  if (!maySign(leaf)) return fault('key-usage');
  if (leaf.subject === leaf.issuer && leaf.verify(leaf.publicKey)) return fault('self-signed');
  const chain: X509Certificate[] = [];
  for (let last = leaf; ; ) {
    const issuer = certificates.find((one) => one !== last && !chain.includes(one) && isIssuedBy(last, one));
    if (issuer === undefined) break;
    if (!issuer.ca || issuer.validFromDate > now || issuer.validToDate <= now) return fault('chain-invalid');
    chain.push(issuer);
    last = issuer;
  }
  if (chain.length === 0) return fault('chain-missing');
  return {
    ok: true,
    seal: {
      certificate: leaf.raw,
      privateKey,
      chain: chain.map(({ raw }) => raw),
      validUntil: new Date(Math.min(...[leaf, ...chain].map(({ validToDate }) => validToDate.getTime()))),
    },
  };
}

function isIssuedBy(one: X509Certificate, issuer: X509Certificate): boolean {
  return one.checkIssued(issuer) && one.verify(issuer.publicKey);
}

/** Key usage: digitalSignature or nonRepudiation, where any is stated; never a certificate that signs certificates. */
function maySign(leaf: X509Certificate): boolean {
  if (leaf.ca) return false;
  const extensions = pkijs.Certificate.fromBER(Uint8Array.from(leaf.raw).buffer).extensions ?? [];
  const usage = extensions.find(({ extnID }) => extnID === oid.keyUsage);
  if (usage !== undefined) {
    const bits = asn1js.fromBER(Uint8Array.from(usage.extnValue.valueBlock.valueHexView).buffer).result;
    const first = bits instanceof asn1js.BitString ? (bits.valueBlock.valueHexView[0] ?? 0) : 0;
    if ((first & 0xc0) === 0) return false;
  }
  // What Node calls keyUsage are the extended usages; none stated: all.
  const extended = (leaf.keyUsage as readonly string[] | undefined) ?? [];
  return extended.length === 0 || extended.some((one) => signingUsages.includes(one));
}

interface Bags {
  readonly keys: readonly Uint8Array[];
  readonly certificates: readonly X509Certificate[];
}

async function open(bytes: Uint8Array, password: string): Promise<Bags | Pkcs12Fault> {
  const engine = new SparingEngine({ name: 'node', crypto: webcrypto as unknown as Crypto });
  const secret = Uint8Array.from(Buffer.from(password, 'utf8')).buffer;
  let pfx: pkijs.PFX;
  try {
    pfx = pkijs.PFX.fromBER(Uint8Array.from(bytes).buffer);
  } catch {
    return 'not-pkcs12';
  }
  // Without a code over it, nobody says that the file is as it was written.
  if (pfx.macData === undefined || pfx.authSafe.contentType !== oid.data) return 'not-pkcs12';
  if ((pfx.macData.iterations ?? 1) > mostRounds.code) return 'too-many-rounds';
  try {
    await pfx.parseInternalValues({ password: secret, checkIntegrity: true }, engine);
  } catch {
    return 'wrong-password';
  }
  const safe = pfx.parsedValue?.authenticatedSafe;
  if (safe === undefined) return 'not-pkcs12';
  const keys: Uint8Array[] = [];
  const certificates: X509Certificate[] = [];
  try {
    await safe.parseInternalValues(
      { safeContents: safe.safeContents.map(() => ({ password: secret })) },
      engine,
    );
    for (const { value } of (safe.parsedValue as { safeContents: { value: pkijs.SafeContents }[] })
      .safeContents)
      for (const bag of value.safeBags) {
        if (bag.bagId === oid.shroudedKey)
          keys.push(await unshrouded(bag.bagValue as pkijs.PKCS8ShroudedKeyBag, secret, engine));
        else if (bag.bagId === oid.key)
          keys.push(new Uint8Array((bag.bagValue as pkijs.PrivateKeyInfo).toSchema().toBER()));
        else if (bag.bagId === oid.certificate) {
          const certificate = (bag.bagValue as pkijs.CertBag).parsedValue as pkijs.Certificate;
          certificates.push(new X509Certificate(Buffer.from(certificate.toSchema(false).toBER())));
        }
      }
  } catch {
    if (engine.roundsLeft < 0) return 'too-many-rounds';
    // The password was right: it is how the parts are encrypted that is not known.
    return 'old-encryption';
  }
  return { keys, certificates };
}

/** Stretches a password no further than `mostRounds.parts` in sum. */
class SparingEngine extends pkijs.CryptoEngine {
  roundsLeft: number = mostRounds.parts;

  override async deriveKey(...given: Parameters<SubtleCrypto['deriveKey']>): Promise<CryptoKey> {
    const [algorithm] = given;
    if (typeof algorithm === 'object' && 'iterations' in algorithm) this.roundsLeft -= algorithm.iterations;
    if (this.roundsLeft < 0) throw new RangeError('The file stretches its password too often.');
    return super.deriveKey(...given);
  }
}

async function unshrouded(
  { encryptionAlgorithm, encryptedData }: pkijs.PKCS8ShroudedKeyBag,
  password: ArrayBuffer,
  engine: pkijs.CryptoEngine,
): Promise<Uint8Array> {
  const encrypted = new pkijs.EncryptedData({
    encryptedContentInfo: new pkijs.EncryptedContentInfo({
      contentType: oid.data,
      contentEncryptionAlgorithm: encryptionAlgorithm,
      encryptedContent: encryptedData,
    }),
  });
  return new Uint8Array(await encrypted.decrypt({ password }, engine));
}

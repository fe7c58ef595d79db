/**
 * A digital signature in a PDF that our typesetter made: an incremental update (ISO 32000-1, 7.5.6) with an invisible
 * signature field, whose CMS covers every other byte of the file (PAdES baseline B-B, ETSI EN 319 142-1: SubFilter
 * `ETSI.CAdES.detached`, ESS signing-certificate-v2, no signing-time attribute). CMS and X.509 by pkijs. The page itself
 * and its tags stay as they were.
 *
 *   const seal = await makeSeal('Name of the clinic', new Date(), 10);
 *   const signed = await signPdf(pdf, seal, { name, reason, at });
 *
 * With a time-stamp token over the signature, as unsigned attribute, it is baseline B-T.
 */
import { createHash, createPrivateKey, type KeyObject, webcrypto } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';

/** A certificate with its private key, both DER. */
export interface Seal {
  readonly certificate: Uint8Array;
  /** PKCS#8. */
  readonly privateKey: Uint8Array;
  /** Certificates of those who vouch for it, DER, the nearest first; none of one that is self-signed. */
  readonly chain?: readonly Uint8Array[];
}

const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
/** Of the key the program makes for itself. */
const ownKey = { ...rsa, modulusLength: 3072, publicExponent: new Uint8Array([1, 0, 1]) } as const;
/** OpenSSL's names of the curves a key may lie on, and WebCrypto's. */
const curves: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
};

/** How a key signs: RSA of 2048 bits or more, or ECDSA on a curve of NIST; undefined for a key of another kind. */
export function signingAlgorithm(
  key: KeyObject,
): typeof rsa | { readonly name: 'ECDSA'; readonly namedCurve: string } | undefined {
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa') return modulusLength >= 2048 ? rsa : undefined;
  const curve = key.asymmetricKeyType === 'ec' ? curves[namedCurve] : undefined;
  return curve === undefined ? undefined : { name: 'ECDSA', namedCurve: curve };
}

const oid = {
  commonName: '2.5.4.3',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timeStampToken: '1.2.840.113549.1.9.16.2.14',
} as const;

/** An engine of our own instead of pkijs' global one: no state at module level is relied on. */
function cryptoEngine() {
  return new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as unknown as Crypto });
}

/** Makes a key and a self-signed certificate that says the clinic's name, with further extensions if given. */
export async function makeSeal(
  clinicName: string,
  from: Date,
  years: number,
  more: readonly pkijs.Extension[] = [],
): Promise<Seal> {
  const engine = cryptoEngine();
  const keys = await webcrypto.subtle.generateKey(ownKey, true, ['sign', 'verify']);
  const certificate = new pkijs.Certificate();
  certificate.version = 2;
  const serial = webcrypto.getRandomValues(new Uint8Array(16));
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40; // positive and of full length
  certificate.serialNumber = new asn1js.Integer({ valueHex: serial.buffer });
  for (const name of [certificate.issuer, certificate.subject]) {
    name.typesAndValues.push(
      new pkijs.AttributeTypeAndValue({
        type: oid.commonName,
        // 64 characters is the upper bound of a common name (RFC 5280, ub-common-name).
        value: new asn1js.Utf8String({ value: Array.from(clinicName).slice(0, 64).join('') }),
      }),
    );
  }
  certificate.notBefore.value = from;
  certificate.notAfter.value = new Date(from.getTime() + years * 365.25 * 86_400_000);
  const constraints = new pkijs.BasicConstraints({ cA: false });
  // digitalSignature and nonRepudiation.
  const usage = new asn1js.BitString({ valueHex: new Uint8Array([0xc0]).buffer, unusedBits: 6 });
  certificate.extensions = [
    new pkijs.Extension({
      extnID: oid.basicConstraints,
      critical: true,
      extnValue: constraints.toSchema().toBER(),
      parsedValue: constraints,
    }),
    new pkijs.Extension({
      extnID: oid.keyUsage,
      critical: true,
      extnValue: usage.toBER(),
      parsedValue: usage,
    }),
    ...more,
  ];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey as CryptoKey, engine);
  await certificate.sign(keys.privateKey as CryptoKey, 'SHA-256', engine);
  return {
    certificate: new Uint8Array(certificate.toSchema(true).toBER()),
    privateKey: new Uint8Array(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)),
  };
}

export interface SignatureWords {
  /** Who seals: the clinic. */
  readonly name: string;
  readonly reason: string;
  readonly at: Date;
}

/** Room for the CMS in the file, bytes: certificate and one RSA signature take about 2,000, a token up to ten times that. */
const cmsMostBytes = { plain: 8192, stamped: 32_768 } as const;

/** Asks for a token over the value of a signature; undefined: sealed without. */
export type Stamp = (signature: Uint8Array) => Promise<Uint8Array | undefined>;

/**
 * @param pdf as the typesetter writes it: version 1.7, one cross-reference table, objects not compressed.
 * @throws `pdf-not-signable` for any other structure.
 */
export async function signPdf(
  pdf: Uint8Array,
  seal: Seal,
  words: SignatureWords,
  stamp?: Stamp,
): Promise<Uint8Array> {
  const chainBytes = (seal.chain ?? []).reduce((sum, one) => sum + one.length, seal.certificate.length);
  const room = (stamp === undefined ? cmsMostBytes.plain : cmsMostBytes.stamped) + chainBytes;
  const prepared = withSignatureField(Buffer.from(pdf), words, room);
  const { start, end } = prepared;
  const covered = Buffer.concat([prepared.bytes.subarray(0, start), prepared.bytes.subarray(end)]);
  const cms = Buffer.from(await detachedCms(covered, seal, stamp)).toString('hex');
  if (cms.length > end - start - 2) throw notSignable('the signature is larger than its place');
  const bytes = Buffer.from(prepared.bytes);
  bytes.write(`<${cms.padEnd(end - start - 2, '0')}>`, start, 'latin1');
  return bytes;
}

async function detachedCms(covered: Uint8Array, seal: Seal, stamp?: Stamp): Promise<ArrayBuffer> {
  const engine = cryptoEngine();
  const pkcs8 = Buffer.from(seal.privateKey);
  const algorithm = signingAlgorithm(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }));
  if (algorithm === undefined) throw notSignable('the key is of a kind that does not seal');
  const key = await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
  const certificate = pkijs.Certificate.fromBER(Uint8Array.from(seal.certificate).buffer);
  const chain = (seal.chain ?? []).map((one) => pkijs.Certificate.fromBER(Uint8Array.from(one).buffer));
  const hash = (bytes: Uint8Array) => Uint8Array.from(createHash('sha256').update(bytes).digest()).buffer;
  const attribute = (type: string, value: asn1js.BaseBlock) => new pkijs.Attribute({ type, values: [value] });
  const octets = (value: ArrayBuffer) => new asn1js.OctetString({ valueHex: value });
  // SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2 }, SHA-256 being the default (RFC 5035).
  const signingCertificate = new asn1js.Sequence({
    value: [
      new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [octets(hash(seal.certificate))] })] }),
    ],
  });
  const signed = new pkijs.SignedData({
    version: 1,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: oid.data }),
    signerInfos: [
      new pkijs.SignerInfo({
        version: 1,
        sid: new pkijs.IssuerAndSerialNumber({
          issuer: certificate.issuer,
          serialNumber: certificate.serialNumber,
        }),
        signedAttrs: new pkijs.SignedAndUnsignedAttributes({
          type: 0,
          attributes: [
            attribute(oid.contentType, new asn1js.ObjectIdentifier({ value: oid.data })),
            attribute(oid.messageDigest, octets(hash(covered))),
            attribute(oid.signingCertificateV2, signingCertificate),
          ],
        }),
      }),
    ],
    certificates: [certificate, ...chain],
  });
  await signed.sign(key as CryptoKey, 0, 'SHA-256', Uint8Array.from(covered).buffer, engine);
  const [signer] = signed.signerInfos;
  const token = signer && (await stamp?.(signer.signature.valueBlock.valueHexView));
  if (signer && token) {
    signer.unsignedAttrs = new pkijs.SignedAndUnsignedAttributes({
      type: 1,
      attributes: [attribute(oid.timeStampToken, asn1js.fromBER(Uint8Array.from(token).buffer).result)],
    });
  }
  return new pkijs.ContentInfo({ contentType: oid.signedData, content: signed.toSchema(true) })
    .toSchema()
    .toBER();
}

/** The file with an empty signature; `start` to `end` is where `<hex>` belongs. */
function withSignatureField(pdf: Buffer, words: SignatureWords, room: number) {
  const file = readStructure(pdf);
  const signature = file.size;
  const field = file.size + 1;
  const rangePlace = '/ByteRange [0 0000000000 0000000000 0000000000]';
  const contents = `<${'0'.repeat(room * 2)}>`;
  const objects: [number, string][] = [
    [
      signature,
      `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Name ${pdfText(words.name)} ` +
        `/Reason ${pdfText(words.reason)} /M (${pdfDate(words.at)})\n${rangePlace}\n/Contents ${contents} >>`,
    ],
    [
      field,
      // Hidden, print and locked: the signature has no picture on the page, what people signed stands there in words.
      `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Seal) /TU ${pdfText(words.reason)} /F 134 ` +
        `/Rect [0 0 0 0] /P ${file.page} 0 R /V ${signature} 0 R >>`,
    ],
    [file.page, withEntry(file.pageText, `/Annots [${field} 0 R]`)],
    [file.root, withEntry(file.rootText, `/AcroForm << /Fields [${field} 0 R] /SigFlags 3 >>`)],
  ];
  let update = '\n';
  const offsets = new Map<number, number>();
  for (const [number, body] of objects) {
    offsets.set(number, pdf.length + update.length);
    update += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const xrefAt = pdf.length + update.length;
  const rows = [...offsets]
    .toSorted(([a], [b]) => a - b)
    .map(([number, offset]) => `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`);
  update +=
    `xref\n${rows.join('')}trailer\n<< /Size ${file.size + 2} /Root ${file.root} 0 R ${file.trailerRest} ` +
    `/Prev ${file.xrefAt} >>\nstartxref\n${xrefAt}\n%%EOF\n`;
  const bytes = Buffer.concat([pdf, Buffer.from(update, 'latin1')]);
  const start = bytes.indexOf(contents, pdf.length, 'latin1');
  const end = start + contents.length;
  const range = `/ByteRange [0 ${start} ${end} ${bytes.length - end}]`.padEnd(rangePlace.length);
  bytes.write(range, bytes.indexOf(rangePlace, pdf.length, 'latin1'), 'latin1');
  return { bytes, start, end };
}

function readStructure(pdf: Buffer) {
  const tail = pdf.subarray(-2048).toString('latin1');
  const xrefAt = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(tail)?.[1] ?? Number.NaN);
  const table = Number.isFinite(xrefAt) ? pdf.subarray(xrefAt).toString('latin1') : '';
  const head = /^xref\s+0 (\d+)\s+/.exec(table);
  const trailer = /trailer\s*<<([\s\S]*)>>\s*startxref/.exec(table)?.[1];
  const root = Number(/\/Root\s+(\d+) 0 R/.exec(trailer ?? '')?.[1] ?? Number.NaN);
  if (head === null || trailer === undefined || !Number.isFinite(root)) {
    throw notSignable('no plain cross-reference table');
  }
  const rows = table.slice(head[0].length).split(/\r?\n|\r/);
  const objectText = (number: number) => {
    const offset = Number(rows[number]?.slice(0, 10));
    const end = pdf.indexOf('endobj', offset, 'latin1');
    const text = pdf.subarray(offset, end).toString('latin1');
    const body = new RegExp(`^\\s*${number} 0 obj\\s*(<<[\\s\\S]*>>)\\s*$`).exec(text)?.[1];
    if (body === undefined) throw notSignable(`object ${number} is not where the table says`);
    return body;
  };
  const rootText = objectText(root);
  let page = Number(/\/Pages\s+(\d+) 0 R/.exec(rootText)?.[1]);
  let pageText = objectText(page);
  for (let depth = 0; depth < 20 && /\/Type\s*\/Pages\b/.test(pageText); depth++) {
    page = Number(/\/Kids\s*\[\s*(\d+) 0 R/.exec(pageText)?.[1]);
    pageText = objectText(page);
  }
  if (!/\/Type\s*\/Page\b/.test(pageText)) throw notSignable('no first page');
  if (/\/Annots\b/.test(pageText) || /\/AcroForm\b/.test(rootText)) {
    throw notSignable('it has form fields or links already');
  }
  const trailerRest = ['Info', 'ID']
    .map((key) => new RegExp(`/${key}\\s*(\\d+ 0 R|\\[[^\\]]*\\])`).exec(trailer)?.[0] ?? '')
    .join(' ');
  return { size: Number(head[1]), root, rootText, page, pageText, trailerRest, xrefAt };
}

/** A dictionary with one more entry at its end. */
function withEntry(dictionary: string, entry: string): string {
  return `${dictionary.slice(0, dictionary.lastIndexOf('>>'))}${entry} >>`;
}

/** A text string in UTF-16 with its mark, as hexadecimal digits: any script, nothing to escape. */
function pdfText(text: string): string {
  return `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;
}

function pdfDate(at: Date): string {
  return `D:${at.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;
}

function notSignable(because: string): Error {
  return Object.assign(new Error(`The document cannot be signed: ${because}.`), {
    code: 'pdf-not-signable' as const,
  });
}

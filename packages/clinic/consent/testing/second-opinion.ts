/** A second opinion on a sealed PDF: nothing of what sealed it is used, DER is taken apart by hand and node:crypto checks. */
import { createHash, createVerify, X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';

/** What the signature covers, and the signature itself, as the file states them. */
export function partsOf(pdf: Buffer) {
  const text = pdf.toString('latin1');
  const range = /\/ByteRange\s*\[(\d+) (\d+) (\d+) (\d+)\s*\]/.exec(text)?.slice(1).map(Number) ?? [];
  const [from = 0, first = 0, second = 0, rest = 0] = range;
  const covered = Buffer.concat([pdf.subarray(from, from + first), pdf.subarray(second, second + rest)]);
  const hex = text.slice(first + 1, second - 1);
  const padded = Buffer.from(hex, 'hex');
  // The length stands in the DER header of the outer sequence: 30 82 hi lo.
  const cms = padded.subarray(0, 4 + padded.readUInt16BE(2));
  return { covered, cms, end: second + rest, gap: [first, second] as const };
}

/** @param by the certificate that must have sealed it, DER; left out: whichever it says. @returns undefined when all is right. */
export function sealFault(pdf: Buffer, by?: Buffer): string | undefined {
  const { covered, cms, end } = partsOf(pdf);
  if (end !== pdf.length) return 'does not cover the whole file';
  const children = (block: asn1js.BaseBlock) =>
    (block.valueBlock as unknown as { value: asn1js.BaseBlock[] }).value;
  const der = (block: asn1js.BaseBlock) => Buffer.from(block.valueBeforeDecodeView);
  try {
    const [, content] = children(asn1js.fromBER(cms).result);
    const signedData = children(children(content as asn1js.BaseBlock)[0] as asn1js.BaseBlock);
    const tagged = (number: number) =>
      signedData.find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === number);
    const certificate = new X509Certificate(
      der(children(tagged(0) as asn1js.BaseBlock)[0] as asn1js.BaseBlock),
    );
    if (by !== undefined && !by.equals(certificate.raw)) return 'sealed by another certificate';
    const signer = children(children(signedData.at(-1) as asn1js.BaseBlock)[0] as asn1js.BaseBlock);
    const attributes = signer.find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 0);
    const values = new Map(
      children(attributes as asn1js.BaseBlock).map((attribute) => {
        const [type, set] = children(attribute);
        return [
          (type as asn1js.ObjectIdentifier).valueBlock.toString(),
          children(set as asn1js.BaseBlock)[0] as asn1js.BaseBlock,
        ];
      }),
    );
    const octets = (block: asn1js.BaseBlock | undefined) =>
      Buffer.from((block as asn1js.OctetString).valueBlock.valueHexView);
    const digest = createHash('sha256').update(covered).digest();
    if (!octets(values.get('1.2.840.113549.1.9.4')).equals(digest)) return 'the digest differs';
    const certificates = children(values.get('1.2.840.113549.1.9.16.2.47') as asn1js.BaseBlock)[0];
    const named = children(children(certificates as asn1js.BaseBlock)[0] as asn1js.BaseBlock)[0];
    const fingerprint = createHash('sha256').update(certificate.raw).digest();
    if (!octets(named).equals(fingerprint)) return 'another certificate is named';
    // Signed is the set of attributes with its own tag 0x31, not the implicit one it travels with (RFC 5652, 5.4).
    const set = Buffer.from(der(attributes as asn1js.BaseBlock));
    set[0] = 0x31;
    const value = octets(signer.at(-1));
    const isRight = createVerify('sha256').update(set).verify(certificate.publicKey, value);
    return isRight ? undefined : 'the signature is wrong';
  } catch (error) {
    return `unreadable: ${(error as Error).message}`;
  }
}

/**
 * The time of a seal, said by somebody else: a time-stamp token (RFC 3161) over the signature, from the authority the
 * clinic names in `TIMESTAMP_URL`. Only a SHA-256 leaves the house.
 *
 *   const stamp = await timestampOf(config, url, signature);   { token, at }, the token DER
 *
 * Plain HTTP is no weakness here: what comes back is signed, and checked. It is called as every typed address is
 * (platform/outbound.ts), so `OUTBOUND_HOSTS` binds it.
 *
 * @throws `timestamp-unusable` when it may not be called, when there is no answer, or one that is about something else, or not signed by whom it says.
 * Whether its signer deserves trust is for whoever checks the document; the token carries the certificate.
 */
import { createHash, webcrypto } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import type { Config } from '../platform/config.ts';
import { postOutward } from '../platform/outbound.ts';

export interface Timestamp {
  readonly token: Uint8Array;
  readonly at: Date;
}

const sha256 = '2.16.840.1.101.3.4.2.1';
/** Longest to wait for the authority, ms: somebody stands at the tablet. */
const patienceMs = 8000;

export async function timestampOf(
  config: Pick<Config, 'outbound'>,
  url: string,
  signature: Uint8Array,
): Promise<Timestamp> {
  const hash = createHash('sha256').update(signature).digest();
  const nonce = webcrypto.getRandomValues(new Uint8Array(8));
  nonce[0] = ((nonce[0] ?? 0) & 0x7f) | 0x40; // positive and of full length
  const request = new pkijs.TimeStampReq({
    version: 1,
    messageImprint: new pkijs.MessageImprint({
      hashAlgorithm: new pkijs.AlgorithmIdentifier({
        algorithmId: sha256,
        algorithmParams: new asn1js.Null(),
      }),
      hashedMessage: new asn1js.OctetString({ valueHex: Uint8Array.from(hash).buffer }),
    }),
    nonce: new asn1js.Integer({ valueHex: nonce.buffer }),
    certReq: true,
  });
  const answer = await asked(config, url, new Uint8Array(request.toSchema().toBER()));
  const { status, timeStampToken } = readAs('answer', () => pkijs.TimeStampResp.fromBER(answer));
  // Granted, or granted with changes.
  const code: number = status.status;
  if (timeStampToken === undefined || code > 1) throw unusable(`it was refused with status ${code}`);
  const signed = readAs('token', () => new pkijs.SignedData({ schema: timeStampToken.content }));
  const content = signed.encapContentInfo.eContent?.getValue();
  if (content === undefined) throw unusable('the token is empty');
  const info = readAs('token', () => pkijs.TSTInfo.fromBER(content));
  const said = Buffer.from(info.messageImprint.hashedMessage.valueBlock.valueHexView);
  if (!said.equals(hash)) throw unusable('the token is about something else');
  const back = info.nonce && Buffer.from(info.nonce.valueBlock.valueHexView);
  if (back === undefined || !back.equals(nonce)) throw unusable('the token answers another question');
  const engine = new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as unknown as Crypto });
  const isSigned = await signed
    .verify({ signer: 0, checkChain: false, data: Uint8Array.from(signature).buffer }, engine)
    .catch(() => false);
  if (!isSigned) throw unusable('the token is not signed by whom it says');
  return { token: new Uint8Array(timeStampToken.toSchema().toBER()), at: info.genTime };
}

async function asked(config: Pick<Config, 'outbound'>, url: string, query: Uint8Array): Promise<ArrayBuffer> {
  try {
    const headers = { 'Content-Type': 'application/timestamp-query', 'Content-Length': String(query.length) };
    const { status, body } = await postOutward(config, url, headers, query, patienceMs);
    if (status < 200 || status > 299) throw new Error(`status ${status}`);
    return Uint8Array.from(body).buffer;
  } catch (error) {
    throw unusable((error as Error).message);
  }
}

function readAs<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw unusable(`the ${what} cannot be read`);
  }
}

function unusable(because: string): Error {
  return Object.assign(new Error(`No time stamp: ${because}.`), { code: 'timestamp-unusable' as const });
}

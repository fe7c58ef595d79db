/** A time-stamping authority for tests: RFC 3161 over HTTP on this machine, with a certificate of its own. */
import { createHash, webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { makeSeal } from '../pdf-signature.ts';

const tstInfo = '1.2.840.113549.1.9.16.1.4';
const policy = '1.2.3.4.1';
const exact = (bytes: Uint8Array) => Uint8Array.from(bytes).buffer;
const digest = (bytes: Uint8Array) => exact(createHash('sha256').update(bytes).digest());

export interface Authority {
  readonly url: string;
  /** DER. */
  readonly certificate: Uint8Array;
  /** What it does with the next questions: answers, answers about another hash, says no, or is away. */
  mood: 'honest' | 'about-another' | 'refusing' | 'away';
  readonly asked: Uint8Array[];
  stop(): Promise<void>;
}

export async function startAuthority(at: () => Date): Promise<Authority> {
  const purpose = new pkijs.ExtKeyUsage({ keyPurposes: ['1.3.6.1.5.5.7.3.8'] });
  const extension = new pkijs.Extension({
    extnID: '2.5.29.37',
    critical: true,
    extnValue: purpose.toSchema().toBER(),
    parsedValue: purpose,
  });
  // By the machine's clock: OpenSSL looks at the certificate today.
  const own = await makeSeal('Sample authority', new Date(Date.now() - 86_400_000), 1, [extension]);
  const asked: Uint8Array[] = [];
  const server = createServer((request, response) => {
    const read = async () => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const body = Buffer.concat(parts);
      asked.push(body);
      if (authority.mood === 'away') return response.writeHead(503).end();
      const answer = await answered(own, body, at(), authority.mood);
      return response.writeHead(200, { 'Content-Type': 'application/timestamp-reply' }).end(answer);
    };
    read().catch(() => response.writeHead(500).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const authority: Authority = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    certificate: own.certificate,
    mood: 'honest',
    asked,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return authority;
}

async function answered(
  own: { readonly certificate: Uint8Array; readonly privateKey: Uint8Array },
  body: Uint8Array,
  genTime: Date,
  mood: Authority['mood'],
): Promise<Buffer> {
  if (mood === 'refusing') {
    const no = new pkijs.TimeStampResp({ status: new pkijs.PKIStatusInfo({ status: 2 }) });
    return Buffer.from(no.toSchema().toBER());
  }
  const { messageImprint, nonce } = pkijs.TimeStampReq.fromBER(exact(body));
  if (mood === 'about-another')
    messageImprint.hashedMessage = new asn1js.OctetString({ valueHex: digest(Buffer.from('another')) });
  const info = new pkijs.TSTInfo({
    version: 1,
    policy,
    messageImprint,
    serialNumber: new asn1js.Integer({ value: 7 }),
    genTime,
    ...(nonce && { nonce }),
  });
  const content = info.toSchema().toBER();
  const certificate = pkijs.Certificate.fromBER(exact(own.certificate));
  const attribute = (type: string, value: asn1js.BaseBlock) => new pkijs.Attribute({ type, values: [value] });
  const certified = new asn1js.Sequence({
    value: [
      new asn1js.Sequence({
        value: [
          new asn1js.Sequence({
            value: [new asn1js.OctetString({ valueHex: digest(own.certificate) })],
          }),
        ],
      }),
    ],
  });
  const signed = new pkijs.SignedData({
    version: 3,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({
      eContentType: tstInfo,
      eContent: new asn1js.OctetString({ valueHex: content }),
    }),
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
            attribute('1.2.840.113549.1.9.3', new asn1js.ObjectIdentifier({ value: tstInfo })),
            attribute(
              '1.2.840.113549.1.9.4',
              new asn1js.OctetString({ valueHex: digest(new Uint8Array(content)) }),
            ),
            attribute('1.2.840.113549.1.9.16.2.47', certified),
          ],
        }),
      }),
    ],
    certificates: [certificate],
  });
  // As DER has it, in one piece: pkijs would write it in several.
  signed.encapContentInfo.eContent = new asn1js.OctetString({ valueHex: content });
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await webcrypto.subtle.importKey('pkcs8', exact(own.privateKey), algorithm, false, ['sign']);
  const engine = new pkijs.CryptoEngine({ name: 'node', crypto: webcrypto as unknown as Crypto });
  await signed.sign(key as CryptoKey, 0, 'SHA-256', content, engine);
  const token = new pkijs.ContentInfo({
    contentType: '1.2.840.113549.1.7.2',
    content: signed.toSchema(true),
  });
  const response = new pkijs.TimeStampResp({
    status: new pkijs.PKIStatusInfo({ status: 0 }),
    timeStampToken: token,
  });
  return Buffer.from(response.toSchema().toBER());
}

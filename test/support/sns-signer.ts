import { generateKeyPairSync, sign } from 'node:crypto';
import { signedText } from '../../shared/edge/sns-envelope.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** One ASN.1 element in DER. */
const der = (tag: number, ...parts: Uint8Array[]): Uint8Array => {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Uint8Array.of(tag, ...length), content]);
};
const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
const text = (tag: number, value: string) => der(tag, Buffer.from(value));

/** A certificate that this signer gave itself: all that a verifier looks at is its key. */
export const certificate = ((): string => {
  const rsaWithSha256 = sequence(
    der(6, Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 0x0b)),
    der(5),
  );
  const name = sequence(
    der(0x31, sequence(der(6, Uint8Array.of(0x55, 4, 3)), text(0x0c, 'sns.example.com'))),
  );
  const validity = sequence(text(0x17, '200101000000Z'), text(0x17, '491231235959Z'));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const serial = der(2, Uint8Array.of(1));
  const version = der(0xa0, der(2, Uint8Array.of(2)));
  const body = sequence(version, serial, rsaWithSha256, name, validity, name, key);
  const signature = der(3, Uint8Array.of(0), sign('sha256', body, privateKey));
  const lines = Buffer.from(sequence(body, rsaWithSha256, signature))
    .toString('base64')
    .match(/.{1,64}/g);
  return ['-----BEGIN CERTIFICATE-----', ...(lines ?? []), '-----END CERTIFICATE-----', ''].join('\n');
})();

type Envelope = Parameters<typeof signedText>[0];

/** The message as SNS would have signed it. */
export const signed = <T extends Envelope>(envelope: T): T & { Signature: string } => ({
  ...envelope,
  Signature: sign(
    envelope.SignatureVersion === '1' ? 'sha1' : 'sha256',
    Buffer.from(signedText(envelope)),
    privateKey,
  ).toString('base64'),
});

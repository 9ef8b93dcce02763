import { Refused } from '../domain/refused.ts';

const TIME_OUT = 3000;
const LONGEST = 16_384;
const MOST_KEPT = 20;
const kept = new Map<string, Promise<string>>();

/**
 * Whether SNS keeps its certificates there. The host follows from the topic, which is a configured one: a pattern of
 * hosts would let in whatever else Amazon names like that, such as somebody's bucket.
 */
const isOfSns = (address: string, topicArn: string): boolean => {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const [, partition, , region] = topicArn.split(':');
  const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return url.origin === `https://sns.${region}.${domain}` && !url.username && url.pathname.endsWith('.pem');
};

/**
 * The certificate, in PEM, that signs the topic's messages; fetched once per process.
 * @throws Refused `forbidden` when the address is not one of SNS; `unavailable` when it cannot be fetched.
 */
export const certificateAt = (address: string, topicArn: string): Promise<string> => {
  if (!isOfSns(address, topicArn))
    throw new Refused('forbidden', 'The certificate of the SNS message is not at an address of SNS.');
  const { href } = new URL(address);
  const known = kept.get(href);
  if (known) return known;
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  const fetched = fetchCertificate(href);
  kept.set(href, fetched);
  // A failure is not kept: the message comes again.
  fetched.catch(() => kept.delete(href));
  return fetched;
};

const fetchCertificate = async (href: string): Promise<string> => {
  try {
    const response = await fetch(href, { redirect: 'error', signal: AbortSignal.timeout(TIME_OUT) });
    const text = await response.text();
    if (response.ok && text.length <= LONGEST && text.includes('BEGIN CERTIFICATE')) return text;
  } catch {
    // Said below, like any other reason why there is none.
  }
  throw new Refused('unavailable', 'The certificate of the SNS message could not be fetched.');
};

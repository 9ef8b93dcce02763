interface Pattern {
  pattern: RegExp;
  because: string;
}

const ID = 'contains an internal id: describe it in words';
const MACHINE = 'contains an internal host address: describe what the machine does instead';
const KEY = 'contains what looks like a key or a token: remove it, and replace it where it is used';
const LINK = 'contains a link that opens without a key: remove it';
const CLOUD = 'contains a name from our cloud account: describe what it does instead';

/** Words are set off by anything that is no letter or digit; our ids contain an underscore that emphasis may eat. */
const apart = (source: string): RegExp => new RegExp(`(?<![A-Za-z0-9])(?:${source})(?![A-Za-z0-9])`, 'i');
const asWritten = (source: string): RegExp => new RegExp(`(?<![A-Za-z0-9])(?:${source})(?![A-Za-z0-9])`);

const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
/** What is never on the internet: 10/8, 172.16/12, 192.168/16, 100.64/10, loopback and link-local. */
const PRIVATE = `(?:10\\.${OCTET}|127\\.${OCTET}|172\\.(?:1[6-9]|2\\d|3[01])|192\\.168|169\\.254|100\\.(?:6[4-9]|[7-9]\\d|1[01]\\d|12[0-7]))\\.${OCTET}\\.${OCTET}`;
const INSIDE = 'internal|local|localdomain|lan|corp|intra|intranet';

/** What is internal by its very form, whoever wrote it and whatever it stands for. */
export const INTERNAL_PATTERNS: readonly Pattern[] = [
  { pattern: asWritten('[a-z]{3}_?[0-7][0-9A-HJKMNP-TV-Z]{25}'), because: ID },
  { pattern: asWritten('(?:ntc|pag)_?[0-9A-HJKMNP-TV-Z]{16}'), because: ID },
  { pattern: apart(PRIVATE), because: MACHINE },
  { pattern: apart('f(?:[cd][0-9a-f]{2}|e80):[0-9a-f:]{2,}'), because: MACHINE },
  { pattern: apart(`(?:[a-z0-9-]{1,63}\\.){1,8}(?:${INSIDE})(?!-)`), because: MACHINE },
  { pattern: apart('ip-\\d{1,3}-\\d{1,3}-\\d{1,3}-\\d{1,3}|localhost:\\d+'), because: MACHINE },
  { pattern: apart('[a-z0-9.-]{1,200}\\.amazonaws\\.com'), because: MACHINE },
  { pattern: /arn:aws[\w-]*:/i, because: CLOUD },
  { pattern: /(?<![\w/])\/aws\/[a-z]/i, because: CLOUD },
  { pattern: apart('(?:i|vpc|subnet|sg|vol|eni|ami|snap|rtb)-(?=[a-f]*\\d)[0-9a-f]{8,17}'), because: CLOUD },
  { pattern: asWritten('(?:AKIA|ASIA)[A-Z0-9]{16}'), because: KEY },
  {
    pattern: asWritten(
      '(?:glpat|github_?pat|xox[abposr]|[sr]k_?(?:live|test)|SG)[-_.]?(?=[A-Za-z_-]*\\d)[A-Za-z0-9_-]{16,}',
    ),
    because: KEY,
  },
  { pattern: asWritten('gh[pousr]_?[A-Za-z0-9]{30,}'), because: KEY },
  { pattern: /\b(?:password|passwd|passphrase|secret)\s*[:=]\s*(?=[^\s\d]*\d)\S{6,}/i, because: KEY },
  { pattern: /https?:\/\/[^\s/@:]{1,64}:[^\s/@]{1,64}@/i, because: KEY },
  { pattern: asWritten('eyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]{8,}'), because: KEY },
  { pattern: /-----BEGIN [A-Z ]*PRIVATE KEY/, because: KEY },
  { pattern: /\b(?:bearer|GenieKey)\s+(?=[a-z._~+/-]*\d)[\w.~+/-]{16,}/i, because: KEY },
  { pattern: apart('(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{32,128}'), because: KEY },
  // A long word of capitals, small letters and digits all mixed is nothing that anybody says.
  {
    pattern: asWritten(
      '(?=[^A-Z]{0,127}[A-Z])(?=[^a-z]{0,127}[a-z])(?=[^0-9]{0,127}[0-9])[A-Za-z0-9]{28,128}',
    ),
    because: KEY,
  },
  { pattern: /\/[an]\/\w{1,64}\/[\w-]{1,64}\/\d{1,9}\.[\w-]{16,22}/, because: LINK },
];

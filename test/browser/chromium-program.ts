/** The browser that tests and pictures use. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** It looks for nothing but what it is shown. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSettings } from '../../infra/local/settings.ts';
import { Refused } from '../../shared/domain/refused.ts';

describe('the settings of one machine', () => {
  test('need none', () => {
    expect(readSettings({})).toEqual({
      port: 3000,
      folder: resolve('.firebreak'),
      demo: true,
      fallbackContact: { channel: 'email', address: 'fallback@example.com' },
    });
  });

  test('take a variable that is empty for one that is not set', () => {
    expect(readSettings({ PORT: '', SMTP_URL: '' })).toMatchObject({ port: 3000, mail: undefined });
  });

  test('are what the environment says', () => {
    expect(
      readSettings({
        PORT: '0',
        FIREBREAK_DATA: '/data',
        FIREBREAK_DEMO: 'off',
        FIREBREAK_ADMIN_KEY: 'a-key-of-20-letters!',
        FIREBREAK_FALLBACK: 'sms:+15550100199',
        SMTP_URL: 'smtp://127.0.0.1:2525',
        DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000',
      }),
    ).toEqual({
      port: 0,
      folder: '/data',
      demo: false,
      adminKey: 'a-key-of-20-letters!',
      fallbackContact: { channel: 'sms', address: '+15550100199' },
      mail: { url: 'smtp://127.0.0.1:2525', from: 'firebreak@localhost.localdomain' },
      dynamodb: 'http://127.0.0.1:8000',
    });
  });

  test.for([
    ['PORT', 'http', 'must be a number'],
    ['PORT', '70000', 'must be 65535 or less'],
    ['FIREBREAK_ADMIN_KEY', 'too-short', 'must have 20 characters or more'],
    ['FIREBREAK_ADMIN_KEY', 'with spaces in the middle', 'printable ASCII'],
    ['FIREBREAK_DEMO', 'no', 'must be "on" or "off"'],
    ['FIREBREAK_FALLBACK', 'someone@example.com', 'email:address or sms:+number'],
    ['FIREBREAK_FALLBACK', 'email:nobody', 'email:address or sms:+number'],
    ['SMTP_URL', 'http://example.com', 'smtp://'],
    ['DYNAMODB_ENDPOINT', 'localhost', 'must be a URL'],
  ] as const)('refuse %s=%s in one sentence: %s', ([name, value, words]) => {
    const attempt = () => readSettings({ [name]: value });
    expect(attempt).toThrow(Refused);
    expect(attempt).toThrow(name);
    expect(attempt).toThrow(words);
  });
});

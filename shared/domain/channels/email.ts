import * as z from 'zod';
import type { Declaration } from './declaration.ts';
import { mailHtml, mailText } from './page-mail.ts';

export const EmailAddress = z.email().max(254);

export const email: Declaration<'email'> = {
  name: 'email',
  title: 'E-mail',
  address: {
    schema: EmailAddress,
    placeholder: 'address',
    inText: /[^\s"'<>()[\]{},;:=/@]+@([\w-]+(?:\.[\w-]+)+)/g,
    mask: (_, domain = '') => `•••@${domain}`,
  },
  capabilities: { short: false, subject: true, html: true, replies: false, quiet: true },
  render: (page) => ({ subject: page.subject, text: mailText(page), html: mailHtml(page) }),
  // From the configured address alone, whether it or its domain is what SES has verified.
  grants: ({ emailFrom, emailConfigurationSet, arn }) =>
    emailFrom
      ? [
          {
            actions: ['ses:SendEmail'],
            resources: [
              ...identitiesOf(emailFrom).map((resourceName) =>
                arn({ service: 'ses', resource: 'identity', resourceName }),
              ),
              arn({ service: 'ses', resource: 'configuration-set', resourceName: emailConfigurationSet }),
            ],
            conditions: { StringEquals: { 'ses:FromAddress': emailFrom } },
          },
        ]
      : [],
  onOneMachine: 'smtp',
};

/** The address, its domain, and the domains above: whichever SES has verified. */
const identitiesOf = (address: string): string[] => {
  const labels = address.slice(address.indexOf('@') + 1).split('.');
  const domains = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
  return [address, ...domains];
};

import type { SectionName } from '../../shared/domain/preventive/review/section.ts';

/**
 * What the demo's review says: the outage of GitLab.com on 31 January 2017, retold from what was published about it.
 * Who of the demo's people wrote, approved or did what is made up, and the review says so.
 */
export const OUTAGE = {
  title: 'GitLab.com is down: the data of its database was removed',
  problem: 'GitLab.com was down for some 18 hours, and lost six hours of data',
  openedAt: '2017-01-31T23:30:00.000Z',
  resolvedAt: '2017-02-01T18:00:00.000Z',
  closedAt: '2017-02-10T12:30:00.000Z',
  helped: 'A copy of the database that was some six hours old was put in its place.',
} as const;

const RETOLD =
  '*This is a retelling, for demonstration. It happened to GitLab.com, where it was told in public; Tidewater Tickets had no part in it.';

export const LINKS = [
  {
    title: 'The post-mortem that was published on 10 February 2017',
    url: 'https://about.gitlab.com/blog/2017/02/10/postmortem-of-database-outage-of-january-31/',
  },
  {
    title: 'The first report, published while the service came back',
    url: 'https://about.gitlab.com/blog/2017/02/01/gitlab-dot-com-database-incident/',
  },
] as const;

type Author = 'first' | 'second';

interface DemoSection {
  name: SectionName;
  by: Author;
  text: string;
  choice?: string;
}

export const SECTIONS_WRITTEN: DemoSection[] = [
  {
    name: 'summary',
    by: 'first',
    text: `${RETOLD} The facts are from what is listed under Evidence; our people, their dates and what became of the action items are made up.*

In the evening the standby of the database could not follow any more and had to be built anew. While that was tried, the data directory of the *primary* was removed in place of the standby's. Every kind of backup that was meant for such a day then turned out to be empty, absent or made for something else. What was left was one copy, taken by hand some six hours earlier for a test. Bringing it back took most of the next day.`,
  },
  {
    name: 'impact',
    by: 'first',
    text: `- Nobody could use GitLab.com for some 18 hours.
- What was written to the database between about 17:20 and midnight (UTC) was lost: projects, issues, comments, snippets, accounts. GitLab's own estimate was about 5,000 projects, 5,000 comments and 700 new accounts.
- Repositories and wikis could not be reached either, but nothing in them was lost.
- Installations that customers run themselves were not affected.`,
  },
  {
    name: 'timeline',
    by: 'second',
    text: `| UTC | What happened |
| --- | --- |
| 31 Jan, about 17:20 | Somebody copies the production database to the test environment, for work on something else. |
| about 19:00 | The load on the database climbs. Spam is found to be behind it, and later the removal of a large account too. |
| about 23:00 | The standby is so far behind that it stops. People begin to build it anew; the first tries fail. |
| about 23:30 | The data directory is removed, on the primary. It is stopped within a second or two: of some 300 GB, 4.5 GB are left. |
| after that | One kind of backup after the other is looked at. None can be used. |
| 1 Feb | The copy of 17:20 is carried over from the test environment, which takes hours. The public can follow it live. |
| about 18:00 | GitLab.com is back. |`,
  },
  {
    name: 'detection',
    by: 'second',
    text: `The removal was seen at once, by who had started it. That the backups had been failing was seen by nobody before that night: the mails that would have said so never arrived, for the receiving mail server rejected them.`,
  },
  {
    name: 'people',
    by: 'second',
    text: `A few engineers, late in the evening and after hours of other trouble with the same database. More joined for the restoration, and somebody kept the public up to date. This review names roles only: anybody could have typed that line.`,
  },
  {
    name: 'response',
    by: 'second',
    text: `- **Tried first:** blocking the spam, then building the standby anew with settings that were changed by hand.
- **Looked for:** the nightly dumps, snapshots of the disks, the standby, copies in the test environment.
- **Restored from:** the copy in the test environment, as the only one that was whole.
- **Told:** the public, while it went on, with open notes and a live video of the restoration.`,
  },
  {
    name: 'analysis',
    by: 'first',
    text: `Two chains meet here. One ends in a command on the wrong server, which can happen to anybody. The other had been broken for a long time without being noticed, and it is the one that turned a slip into a loss: **a backup that nobody has ever restored is a hope, not a backup.**`,
  },
  {
    name: 'went-well',
    by: 'second',
    text: `- The command was stopped within seconds, and said aloud at once.
- Everything was told in the open, while it happened, without blame.
- Repositories were kept apart from the database, so the code itself was never in danger.`,
  },
  {
    name: 'went-badly',
    by: 'second',
    text: `- Several kinds of backup existed, and none had been restored as a rehearsal.
- Building a standby anew was not written down in a form that helps when it fails.
- The two servers were easily taken for each other.`,
  },
  {
    name: 'lucky',
    by: 'second',
    text: `The copy that saved the day was not a backup. Such copies were made once a day; this one was made by hand, earlier than the next would have been. Without it up to a day of data would have been lost instead of six hours.`,
  },
  {
    name: 'fix',
    by: 'first',
    choice: 'long-term',
    text: `The copy was a short-term fix. What prevents the next loss is that backups are restored and checked by a machine, that somebody answers for them, and that the log of changes is kept so that any moment can be restored.`,
  },
  {
    name: 'one-person',
    by: 'first',
    choice: 'no',
    text: `Carrying the copy over, checking what was left and telling the public had to go on side by side. And before the removal, a second pair of eyes might have seen which server it was.`,
  },
  {
    name: 'client-summary',
    by: 'first',
    text: `${RETOLD} What is said here of measures is made up.*

During work on the database its data was removed by mistake. The service stopped at once, and came back about 18 hours later with the data as it had been some six hours before the mistake.`,
  },
  {
    name: 'client-impact',
    by: 'first',
    text: `- The service could not be used for some 18 hours.
- What was entered in the six hours before is lost: projects, issues, comments and new accounts.
- The code itself was not affected.`,
  },
  {
    name: 'client-cause',
    by: 'first',
    text: `A command was run on the server in use in place of its twin, which was under repair. It became a loss because the backups that should have been there had been failing without anybody noticing, and nobody had tried to restore one.`,
  },
  {
    name: 'client-measures',
    by: 'first',
    text: `- Backups are restored every day by a machine, and what comes out is checked.
- A missing, empty or old backup raises an alarm that somebody has to answer.
- The log of changes is kept, so that any moment of the last weeks can be restored.
- Servers in use can no longer be taken for others.`,
  },
];

import { oneLine } from '../../one-line.ts';
import { labelOf } from './facts.ts';
import type { Planner } from './planner.ts';
import type { ProviderStanding } from './providers.ts';
import { inZoneAndUtc } from './times.ts';
import type { TrafficEvent } from './traffic-event.ts';

/** What is new with the providers of an event, told to ours at once and written down. */
export const notifyNews = (planner: Planner, event: TrafficEvent, standings: ProviderStanding[]): void => {
  for (const standing of standings) tellTold(planner, standing);
  tellLate(planner, event, standings.filter(isNewlyLate));
  tellMissing(planner, event, standings.filter(isNewlyMissing));
  tellUnreached(planner, standings.filter(isNewlyUnreached));
};

const isNewlyLate = ({ notice, previous }: ProviderStanding): boolean =>
  notice.late &&
  notice.state !== 'withdrawn' &&
  !(previous?.late && previous.deadline === notice.deadline && previous.state !== 'withdrawn');

const isNewlyMissing = ({ notice, previous }: ProviderStanding): boolean =>
  notice.missing.length > 0 &&
  notice.state !== 'acknowledged' &&
  !notice.missing.every((field) => previous?.missing.includes(field));

const isNewlyUnreached = ({ notice, previous }: ProviderStanding): boolean =>
  (notice.state === 'unreachable' || notice.state === 'failed') && notice.state !== previous?.state;

const nameOf = ({ notice }: ProviderStanding): string => oneLine(notice.providerName);
const idOf = ({ notice }: ProviderStanding): string => notice.providerId;

const tellTold = (planner: Planner, { notification }: ProviderStanding): void => {
  if (!notification) return;
  const { occasion, provider, to } = notification;
  const names = to.map(({ name }) => oneLine(name)).join(', ');
  planner.write({
    what: 'notice-promised',
    text: `${oneLine(provider.name)} is notified (${occasion}): ${names}.`,
    reason: occasion,
  });
};

const tellLate = (planner: Planner, { timeZone }: TrafficEvent, late: ProviderStanding[]): void => {
  if (late.length === 0) return;
  const lines = late.map(
    (each) =>
      `${nameOf(each)} needed this by ${inZoneAndUtc(each.notice.deadline, timeZone)}, which has passed.`,
  );
  for (const text of lines) planner.write({ what: 'late', text, reason: 'late' });
  const what = 'Call them: they may not have enough time to prepare.';
  const told = { mark: 'Too late for the provider', lines: [...lines, what], callProviders: late.map(idOf) };
  planner.notifyOurs(['manager'], { occasion: 'late', turn: planner.turns('late'), ...told });
};

const tellMissing = (planner: Planner, { timeZone }: TrafficEvent, incomplete: ProviderStanding[]): void => {
  if (incomplete.length === 0) return;
  for (const each of incomplete) {
    const text = `${nameOf(each)} asks for what is missing: ${each.notice.missing.map(labelOf).join(', ')}.`;
    planner.write({ what: 'incomplete', text, reason: 'incomplete' });
  }
  const lines = [
    ...incomplete.map(missingLine(timeZone)),
    'The provider is not notified until you fill this in. You are reminded every day.',
  ];
  planner.notifyOurs(['owner'], {
    occasion: 'incomplete',
    mark: 'Please complete',
    lines,
    turn: planner.turns('incomplete'),
  });
};

/** What one provider still waits for, and until when. */
export const missingLine =
  (timeZone: string) =>
  ({ notice }: Pick<ProviderStanding, 'notice'>): string =>
    `${oneLine(notice.providerName)} asks for: ${notice.missing.map(labelOf).join(', ')}. They need this by ${inZoneAndUtc(notice.deadline, timeZone)}.`;

const tellUnreached = (planner: Planner, unreached: ProviderStanding[]): void => {
  for (const state of ['unreachable', 'failed'] as const) {
    const these = unreached.filter(({ notice }) => notice.state === state);
    if (these.length === 0) continue;
    const why =
      state === 'failed' ? 'no notice arrived, at any address' : 'there is no e-mail address to write to';
    const lines = these.map((each) => `${nameOf(each)} has not been notified: ${why}.`);
    for (const text of lines) planner.write({ what: state, text, reason: state });
    planner.notifyOurs(['owner', 'manager'], {
      occasion: state,
      mark: 'The provider could not be notified',
      lines: [...lines, 'Contact them yourself and record their answer in Firebreak.'],
      turn: planner.turns(state),
      callProviders: these.map(idOf),
    });
  }
};

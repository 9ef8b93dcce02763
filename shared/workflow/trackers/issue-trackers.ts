import type { Tracker } from '../../domain/preventive/tracker/tracker.ts';
import type { Ports } from '../engine/ports.ts';
import { github } from './github.ts';
import type { IssueTracker } from './issue-tracker.ts';
import { jira } from './jira.ts';

/** One piece of work with a tracker; not to be kept for the next one. */
export const issueTracker = (ports: Ports, tracker: Tracker, token: string): IssueTracker =>
  tracker.type === 'github' ? github(ports, tracker, token) : jira(ports, tracker, token);

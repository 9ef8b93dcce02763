import type { Issue, IssueChange, Wanted } from '../../domain/preventive/tracker/issue.ts';

/** What is asked of a tracker, whichever it is. Everything throws what a conversation throws. */
export interface IssueTracker {
  /** That the project is there and the token opens it. */
  check(): Promise<void>;
  make(wanted: Wanted): Promise<Issue>;
  /** The issue whose text says that it stands for this action item. */
  find(actionItemId: string): Promise<Issue | undefined>;
  read(key: string): Promise<Issue>;
  /** Writes what is to be different, and gives the issue as it is then. */
  change(key: string, change: IssueChange): Promise<Issue>;
}

import type { Invocation } from '../../domain/id.ts';
import type { Ports } from '../engine/ports.ts';

export interface NoticeLink {
  subjectId: string;
  recipientId: string;
  token: string;
}

/** What the holder of the link says: none of it has to be. */
export interface Said {
  name?: string;
  answer?: string;
  /** Which button was tapped, where there are several. */
  action?: string;
  note?: string;
  /** The generation that was on their page. */
  seen?: number;
  /** The revision of a review that was on it. */
  revision?: number;
}

/** What came of an answer, and how things are now. `words` where a name alone does not say it. */
export interface Answered<View> {
  reason: string;
  view: View;
  words?: string;
}

/** What can be seen and said by the links in notices about one kind of thing. */
export interface Answering<View> {
  /** As it is now; changes nothing. @throws Refused `not-found` for whoever it is not shown to. */
  view(ports: Ports, link: NoticeLink): Promise<View>;
  /** What has moved since the holder looked is shown anew in place of being answered. */
  answer(
    ports: Ports,
    asked: { link: NoticeLink; said: Said },
    invocation: Invocation,
  ): Promise<Answered<View>>;
}

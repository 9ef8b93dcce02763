import * as z from 'zod';
import { Actor } from '../../outbox/actor.ts';
import { Instant } from '../../time.ts';

interface SectionAbout {
  heading: string;
  /** Who it is written for: only what is written for the client is ever shown to them. */
  for: 'us' | 'client';
  /** What may be chosen beside the text. */
  choices?: readonly string[];
}

/** The parts of a review, in the order in which they are read. */
export const SECTIONS = {
  summary: { heading: 'Summary', for: 'us' },
  impact: { heading: 'Impact', for: 'us' },
  timeline: { heading: 'Timeline', for: 'us' },
  detection: { heading: 'Detection', for: 'us' },
  people: { heading: 'People', for: 'us' },
  response: { heading: 'What was tried, told and asked', for: 'us' },
  analysis: { heading: 'Analysis', for: 'us' },
  'went-well': { heading: 'What went well', for: 'us' },
  'went-badly': { heading: 'What did not go well', for: 'us' },
  lucky: { heading: 'Where we were lucky', for: 'us' },
  fix: { heading: 'The fix', for: 'us', choices: ['short-term', 'long-term'] },
  'one-person': {
    heading: 'Could one person have handled it?',
    for: 'us',
    choices: ['yes', 'no'],
  },
  'client-summary': { heading: 'What happened', for: 'client' },
  'client-impact': { heading: 'What it meant for you', for: 'client' },
  'client-cause': { heading: 'Why it happened', for: 'client' },
  'client-measures': { heading: 'What we do about it', for: 'client' },
} as const satisfies Record<string, SectionAbout>;

export type SectionName = keyof typeof SECTIONS;
export const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[];
export const SectionName = z.enum(SECTION_NAMES as [SectionName, ...SectionName[]]);

/** One part of a review, in Markdown. Two people who write different ones are not in each other's way. */
export const ReviewSection = z.looseObject({
  kind: z.literal('review-section'),
  reviewId: z.string(),
  name: SectionName,
  clientId: z.string(),
  /** Counts from 1 and guards every write of this section. */
  version: z.number().int().min(1),
  text: z.string().max(20_000),
  choice: z.string().optional(),
  /** Filled in from the incident, and not touched by anybody since. */
  prefilled: z.boolean().optional(),
  writtenBy: Actor,
  updatedAt: Instant,
});
export type ReviewSection = z.infer<typeof ReviewSection>;

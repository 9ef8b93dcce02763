import type { Duration } from '../domain/time.ts';
import type { Ports } from '../workflow/engine/ports.ts';

/** Work that is done again and again. Safe to repeat, and safe to run twice at once. */
export interface Job {
  /** Does it, and answers the outcome by name. */
  run(ports: Ports): Promise<string>;
  /** Whether there is anything to do it for; one machine then need not stop for it while it moves its clock. */
  isWanted(ports: Ports): Promise<boolean>;
}

export interface RegisteredJob {
  about: {
    name: string;
    /** Whole minutes. */
    every: Duration;
    /** What it does, as a sentence for the schedule. */
    title: string;
  };
  load(): Promise<Job>;
}

/** Every recurring job: one file here, and one line. */
export const JOBS: RegisteredJob[] = [
  {
    about: {
      name: 'watch-providers',
      every: 'PT5M',
      title: 'Reads the status feeds of hosting providers, and opens what they report.',
    },
    load: async () => (await import('./watch-providers.ts')).watchProviders,
  },
];

export const jobNamed = (name: string): RegisteredJob => {
  const found = JOBS.find(({ about }) => about.name === name);
  if (!found) throw new Error(`There is no recurring job “${name}”.`);
  return found;
};

import type { CauseType } from '../../shared/domain/preventive/finding/finding.ts';

interface DemoFinding {
  key: string;
  /** Keys of the findings that it answers; `problem` for the first ones. */
  answers: string[];
  text: string;
  cause?: CauseType;
  /** Which of the links shows it. */
  shown?: number[];
}

/** The five whys of the outage: three branches, and two causes that answer more than one why. */
export const WHYS: DemoFinding[] = [
  {
    key: 'removed',
    answers: ['problem'],
    text: 'The data directory of the primary was removed while its standby was being repaired.',
    shown: [0, 1],
  },
  {
    key: 'nothing-to-restore',
    answers: ['problem'],
    text: 'There was no recent backup that could be restored.',
    shown: [0],
  },
  {
    key: 'slow',
    answers: ['problem'],
    text: 'The copy that there was took most of a day to bring back.',
    shown: [0],
  },
  {
    key: 'wrong-server',
    answers: ['removed'],
    text: 'The command was meant for the standby, and was typed on the primary.',
    shown: [0, 1],
  },
  {
    key: 'by-hand',
    answers: ['removed'],
    text: 'The standby had to be built anew by hand, and that kept failing.',
    shown: [0],
  },
  {
    key: 'alike',
    answers: ['wrong-server'],
    text: 'Nothing on the screen set the two servers clearly apart.',
    cause: 'process',
    shown: [0],
  },
  {
    key: 'silent-tool',
    answers: ['by-hand'],
    text: 'The tool that copies the data waits without a word before it begins; those at work took it to be stuck, and nothing that they had to hand said otherwise.',
    cause: 'knowledge',
    shown: [0],
  },
  {
    key: 'behind',
    answers: ['by-hand'],
    text: 'The standby was too far behind to catch up.',
    shown: [0],
  },
  {
    key: 'load',
    answers: ['behind'],
    text: 'Spam and the removal of a large account wrote more in an evening than the standby could follow.',
    cause: 'capacity',
    shown: [0],
  },
  {
    key: 'dumps',
    answers: ['nothing-to-restore'],
    text: 'The nightly dumps had been failing.',
    shown: [0],
  },
  {
    key: 'snapshots',
    answers: ['nothing-to-restore'],
    text: 'Snapshots of the disks were not switched on for the database servers.',
    shown: [0],
  },
  {
    key: 'no-archive',
    answers: ['behind', 'nothing-to-restore'],
    text: 'The log of changes was not archived: what the primary had thrown away was gone.',
    cause: 'configuration',
    shown: [0],
  },
  {
    key: 'old-tool',
    answers: ['dumps'],
    text: 'The dump was made with a version of the tool that was older than the database.',
    cause: 'defect',
    shown: [0],
  },
  {
    key: 'lost-mails',
    answers: ['dumps'],
    text: 'The mails about failed dumps were rejected on their way, so that nobody was told.',
    cause: 'monitoring',
    shown: [0],
  },
  {
    key: 'nobody-answers',
    answers: ['dumps', 'snapshots'],
    text: 'Nobody answered for the backups, so that nobody had ever tried to restore one.',
    cause: 'process',
    shown: [0],
  },
  {
    key: 'slow-disks',
    answers: ['slow'],
    text: 'It lay on the slow disks of the test environment, and all of it had to cross the network.',
    cause: 'capacity',
    shown: [0],
  },
];

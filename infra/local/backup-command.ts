/** `npm run backup [-- folder]` and `npm run restore -- backup`, on the data folder that `npm start` uses. */
import { resolve } from 'node:path';
import { Refused } from '../../shared/domain/refused.ts';
import { backUp, restore } from './backup.ts';
import { readSettings } from './settings.ts';

const run = (command: string | undefined, path: string | undefined): string => {
  const { folder, dynamodb } = readSettings(process.env);
  if (dynamodb)
    throw new Refused('invalid', `The incidents are in the DynamoDB at ${dynamodb}. Back up that database.`);
  if (command === 'backup') {
    const into = resolve(path ?? `${folder}-backups`);
    return `Backup written to ${backUp({ from: folder, into, at: new Date() })}`;
  }
  if (!path) throw new Refused('invalid', 'Name the backup to restore: npm run restore -- FOLDER');
  restore(resolve(path), folder);
  return `Restored ${folder} from ${path}. Start Firebreak with "npm start".`;
};

try {
  console.log(run(...(process.argv.slice(2) as [string?, string?])));
} catch (error) {
  console.error(error instanceof Refused ? error.message : error);
  process.exit(1);
}

import { capture } from './capture.ts';
import { common } from './common.ts';
import { conflicts } from './conflicts.ts';
import { contacts } from './contacts.ts';
import { dates } from './dates.ts';
import { erase } from './erase.ts';
import { errors } from './errors.ts';
import { importing } from './import.ts';
import { lock } from './lock.ts';
import { neighbourhood } from './neighbourhood.ts';
import { audit, person, refusal, retention } from './person.ts';
import { records } from './records.ts';
import { redact } from './redact.ts';
import { scratch } from './scratch.ts';
import { search } from './search.ts';
import { settings } from './settings.ts';
import { share } from './share.ts';
import { shell } from './shell.ts';
import { signals } from './signals.ts';
import { sync } from './sync.ts';
import { team } from './team.ts';
import { today } from './today.ts';
import { vocabulary } from './vocabulary.ts';
import { welcome } from './welcome.ts';

/** Dutch, the model for every other language. */
export const nl = {
  audit,
  capture,
  common,
  conflicts,
  contacts,
  dates,
  erase,
  errors,
  importing,
  lock,
  neighbourhood,
  person,
  records,
  redact,
  scratch,
  refusal,
  retention,
  search,
  settings,
  share,
  shell,
  signals,
  sync,
  team,
  today,
  vocabulary,
  welcome,
};

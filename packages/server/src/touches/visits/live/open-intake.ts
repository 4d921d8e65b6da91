import { randomInt } from 'node:crypto';
import type { Database } from '../../../database/index.ts';
import { minuteCounter } from '../../../vocabulary/count-in-minute.ts';
import { remembering } from '../../../vocabulary/remember.ts';
import type { Settings } from '../../../vocabulary/settings.ts';
import { minuteSketch } from '../../../vocabulary/sketch-in-minute.ts';
import { hashAddress, readAddressSecret } from '../../recognise/hash-address.ts';
import { openPlaces, type Place } from '../../recognise/locate-address.ts';
import { networkMatcher } from '../../recognise/own-addresses.ts';
import { type Agent, recogniseAgent } from '../../recognise/recognise-agent.ts';
import type { Visit } from '../fold-session.ts';
import type { NewClick } from '../insert-clicks.ts';
import { type Activity, recordActivities } from '../record-activities.ts';
import type { RecordedClick } from '../record-clicks.ts';
import { type GroupCommit, groupCommit } from './group-commit.ts';
import { recordLinkClicks } from './record-link-clicks.ts';
import { recordingLiveClicks } from './record-live-clicks.ts';

/** What a process needs to take in visits as they happen. */
export type Intake = {
  click: GroupCommit<NewClick, RecordedClick>;
  linkClick: GroupCommit<NewClick, RecordedClick>;
  /** Answers the session's visits. */
  activity: GroupCommit<Activity, Visit[]>;
  agentOf: (userAgent: string) => Agent;
  /** Asked at once, since finding what is remembered takes longer than anything else that is done with an address. */
  aboutAddress: (address: string) => AboutAddress;
  /** How many arrivals a session (at most), or an address, has had in this minute. */
  countSession: (sessionId: string, now: Date) => number;
  countAddress: (address: string, now: Date) => number;
};

/** Where it is, its hash, and whether it is one of the merchant's own. */
type AboutAddress = Place & { address_hash: string; isOwn: boolean };

/** The intake of a database: one in the process, opened at the first visit. */
export function intakeOf(db: Database, settings: Settings): Promise<Intake> {
  let intake = intakes.get(db);
  if (intake === undefined) {
    intake = openIntake(db, settings);
    intakes.set(db, intake);
    // What could not be opened is tried again by the next visit.
    intake.catch(() => intakes.delete(db));
  }
  return intake;
}

const intakes = new WeakMap<Database, Promise<Intake>>();

async function openIntake(db: Database, settings: Settings): Promise<Intake> {
  const secret = await readAddressSecret(db);
  const placeOf = await openPlaces(settings.cityDatabase);
  const isOwn = networkMatcher(settings.ownAddresses);
  const context = { window_days: settings.visitWindowDays, priority: 0 };
  return {
    click: recordingLiveClicks(db, context),
    linkClick: groupCommit((clicks) => recordLinkClicks(db, clicks, context)),
    activity: groupCommit(async (activities) => {
      const visits = await recordActivities(db, activities, context);
      return activities.map(({ session_id }) => visits.get(session_id) ?? []);
    }),
    agentOf: remembering(recogniseAgent),
    aboutAddress: remembering((address) => {
      const { country, city } = placeOf(address);
      return { country, city, address_hash: hashAddress(secret, address), isOwn: isOwn(address) };
    }),
    countSession: minuteSketch(randomInt(2 ** 32)),
    countAddress: minuteCounter(),
  };
}

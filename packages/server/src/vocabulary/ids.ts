import { randomFillSync, randomInt } from 'node:crypto';
import { v5, v7 } from 'uuid';

// The namespace of every id derived here; a random UUID, fixed for ever.
const namespace = '8f2b1d34-6c0e-4f5a-9a57-1f0c6f2d7b60';

/**
 * The id of something that came from elsewhere: UUIDv5 of its kind, its source (the shop, not the channel) and its
 * id there. Each part carries its length, so that ('a', 'bc') and ('ab', 'c') differ.
 * Recording the same thing twice meets the same primary key.
 */
export function derivedId(kind: string, ...parts: string[]): string {
  return v5([kind, ...parts].map((part) => `${Buffer.byteLength(part)}:${part}`).join(''), namespace);
}

/** The id of a customer, by the shop that knows them and their id there, whether or not they are recorded yet. */
export function customerIdOf(source: string, externalId: string): string {
  return derivedId('customer', source, externalId);
}

/**
 * A new id of our own (UUIDv7, sorts by time, then by the order of minting in this process), minted before the insert
 * so that the insert can be repeated.
 */
export function mintId(now = new Date()): string {
  minted = (minted + 1) % 2 ** 32;
  return v7({ msecs: now.getTime(), seq: minted, random: sixteenBytes() });
}

// v7 itself counts within a millisecond of the real clock; ours may stand still.
let minted = randomInt(2 ** 31);

// Enough for 256 ids: asking the system for each one took a twentieth of a backfill.
const randomBytes = new Uint8Array(4096);
let used = randomBytes.length;

function sixteenBytes(): Uint8Array {
  if (used === randomBytes.length) {
    randomFillSync(randomBytes);
    used = 0;
  }
  used += 16;
  return randomBytes.subarray(used - 16, used);
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isId(text: string): boolean {
  return uuidShape.test(text);
}

import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

// Argon2id with the least that OWASP asks for: 19 MiB and two passes, about 20 ms here. More would let few people who
// sign in at once take the memory of the server.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hash under which a password is kept, as a PHC string. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost);
}

/** Whether this is the password of that hash. Without a hash it takes as long and says no. */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  nobodys ??= hashPassword(randomBytes(16).toString('hex'));
  const right = await verify(kept ?? (await nobodys), password.normalize('NFKC'));
  return right && kept !== undefined;
}

let nobodys: Promise<string> | undefined;

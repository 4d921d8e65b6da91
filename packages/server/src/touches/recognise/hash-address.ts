import { createHmac, randomBytes } from 'node:crypto';
import type { Database } from '../../database/index.ts';

/** The secret of the installation by which addresses are hashed: made at the first need, the same ever after. */
export async function readAddressSecret(db: Database): Promise<Buffer> {
  const name = 'visitor-addresses';
  await db
    .insertInto('installation_secrets')
    .values({ name, secret: randomBytes(32) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const { secret } = await db
    .selectFrom('installation_secrets')
    .select('secret')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return secret;
}

/**
 * HMAC-SHA-256, cut to 16 bytes: tells addresses apart, and nobody without the secret what they are.
 *
 * @returns the bytes as PostgreSQL writes them
 */
export function hashAddress(secret: Buffer, address: string): string {
  return `\\x${createHmac('sha256', secret).update(address).digest('hex').slice(0, 32)}`;
}

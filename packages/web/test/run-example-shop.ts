import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { testSettings } from '../../server/test/server.ts';

const script = fileURLToPath(new URL('../../../examples/shop/shop.js', import.meta.url));

/** Runs `examples/shop` as its README says, beside a Touchstone; at the top of a test file. */
export async function runExampleShop(touchstone: string) {
  const port = await freePort();
  const child = spawn(process.execPath, [script], {
    env: {
      ...process.env,
      TOUCHSTONE_URL: touchstone,
      TOUCHSTONE_KEY: testSettings.adminKey,
      SHOP_PORT: `${port}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  afterAll(async () => {
    child.kill();
    await once(child, 'exit');
  });
  const links: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    const link = /(https?:\/\/\S+)/.exec(line)?.[1];
    if (link !== undefined) links.push(link);
    // The shop's own address, then two links of each campaign.
    if (links.length === 5) break;
  }
  const [address = '', reelShort = '', reelTagged = '', letterShort = '', letterTagged = ''] = links;
  return {
    address,
    reel: { short: reelShort, tagged: reelTagged },
    letter: { short: letterShort, tagged: letterTagged },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

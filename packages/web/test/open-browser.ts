import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const installed = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const quiet = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];

/** A Chromium: one that is installed, or where there is none the one that an npm package ships. */
export async function openBrowser(): Promise<Browser> {
  const path = installed.find((each) => each !== undefined && existsSync(each));
  if (path !== undefined && process.env.CHROMIUM_PATH !== 'package') {
    return await chromium.launch({ executablePath: path, args: quiet });
  }
  const { default: shipped } = await import('@sparticuz/chromium');
  return await chromium.launch({
    executablePath: await shipped.executablePath(),
    args: [...shipped.args, ...quiet],
  });
}

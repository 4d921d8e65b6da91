import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { createUser, readUsers } from '../../people/index.ts';
import { createSiteKey, readSiteKeys } from '../../touches/index.ts';
import type { RouteContext } from '../../vocabulary/route.ts';
import type { Settings } from '../../vocabulary/settings.ts';
import { shop } from '../demo/catalogue.ts';
import { fillDemo } from '../demo/fill-demo.ts';
import { keptSecret } from '../demo/kept-secret.ts';
import type { Answer, Frame, Outcome } from '../frame.ts';
import { type Progress, progressOf } from '../progress.ts';
import { routeContext } from '../route-context.ts';
import { startInstallation } from '../start-installation.ts';

// A year and a day hold every date, so that every season's campaigns have their time.
const size = { days: 366, orders: 20_000 };

/** `touchstone demo`: the whole product with a generated year of a shop, in a folder of its own. */
export function demoCommand(answer: Answer): Command {
  return new Command('demo')
    .description(
      'Serve the product with a generated year of a shop, filled at the first start, kept in .demo',
    )
    .action(answer(demo));
}

async function demo(frame: Frame): Promise<Outcome> {
  const stopped = frame.terminal.untilStopped();
  const settings = demoSettings(frame);
  const signIn = { email: shop.email, password: keptSecret(join(settings.dataDirectory, 'password'), '') };
  const installation = await startInstallation(settings, {
    prepare: async (database) => {
      const context = routeContext({ ...frame, settings }, database.db);
      let progress: Progress | undefined;
      const onDay = (done: number) => {
        if (progress === undefined) frame.say(`Playing a year of ${shop.name}; this happens once.`);
        progress ??= progressOf(frame, 'days', size.days);
        progress.reach(done);
      };
      await fillDemo(database, context, { ...size, onDay });
      progress?.end();
      await ensureSignIn(context, signIn);
      await ensureSiteKey(context);
    },
  });
  const { address } = installation;
  const admin_key = settings.adminKey!;
  const announcement = { status: 'serving', address, docs: `${address}/docs`, admin_key, sign_in: signIn };
  frame.terminal.out(frame.json ? JSON.stringify(announcement) : welcome(announcement));
  await stopped;
  await installation.stop();
  const text = `Stopped. The next start is ready within seconds; delete ${settings.dataDirectory} to begin anew.`;
  return { text, data: { status: 'stopped' } };
}

type SignIn = { email: string; password: string };

async function ensureSignIn({ db, clock, actor }: RouteContext, signIn: SignIn): Promise<void> {
  if ((await readUsers(db)).length > 0) return;
  await createUser(db, { clock, actor }, { ...signIn, name: 'Demo', role: 'admin' });
}

/** For the pages of a shop that send their visits here. */
async function ensureSiteKey(context: RouteContext): Promise<void> {
  if ((await readSiteKeys(context.db)).length > 0) return;
  await createSiteKey(context, `The pages of ${shop.name}`);
}

function welcome({
  address,
  docs,
  admin_key,
  sign_in,
}: Record<'address' | 'docs' | 'admin_key', string> & { sign_in: SignIn }) {
  return [
    '',
    `${shop.name}, a shop with a year behind it, is at ${address}`,
    `Sign in as ${sign_in.email} with the password ${sign_in.password}`,
    '',
    `Its API is described at ${docs}. Admin key: ${admin_key}`,
    `Try: curl -H "Authorization: Bearer ${admin_key}" "${address}/api/v1/reports/leaderboard?limit=5"`,
    '',
    'Ctrl+C stops it.',
  ].join('\n');
}

/** The demo has a database of its own, never the one of DATABASE_URL: that may be somebody's real shop. */
function demoSettings({ settings, terminal: { environment } }: Frame): Settings {
  const isGiven = (name: string) => (environment[name] ?? '').trim() !== '';
  const dataDirectory = isGiven('TOUCHSTONE_DATA_DIR') ? settings.dataDirectory : resolve('.demo');
  return {
    ...settings,
    databaseUrl: undefined,
    currency: 'EUR',
    dataDirectory,
    logLevel: isGiven('TOUCHSTONE_LOG_LEVEL') ? settings.logLevel : 'warn',
    adminKey: settings.adminKey ?? keptSecret(join(dataDirectory, 'admin-key'), 'demo_'),
  };
}

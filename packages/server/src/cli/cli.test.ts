import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../../test/fresh-database.ts';
import { runCli } from './run-cli.ts';

const database = await freshDatabase();
const { db, pool } = database;

/** Runs a command line on the test's database, as a process would. */
async function run(words: string[], environment: Record<string, string> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await runCli(words, {
    environment: { DATABASE_URL: database.url, TOUCHSTONE_LOG_LEVEL: 'silent', ...environment },
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    untilStopped: async () => {},
  });
  return { exitCode, out: out.join('\n'), err: err.join('\n'), json: () => JSON.parse(out.join('\n')) };
}

/** Serves until told to stop, with what was announced and a way to ask the API. */
async function serve(environment: Record<string, string> = {}) {
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let announce = (_: Record<string, string>) => {};
  const announced = new Promise<Record<string, string>>((resolve) => {
    announce = resolve;
  });
  const ended = runCli(['serve', '--json'], {
    environment: { DATABASE_URL: database.url, PORT: '0', TOUCHSTONE_LOG_LEVEL: 'silent', ...environment },
    out: (line) => announce(JSON.parse(line)),
    err: () => {},
    untilStopped: () => stopped,
  });
  const { address, admin_key, docs } = await announced;
  return {
    address,
    admin_key,
    docs,
    get: (path: string, key = admin_key ?? '') =>
      fetch(`${address}${path}`, { headers: { authorization: `Bearer ${key}` } }),
    stop: () => {
      stop();
      return ended;
    },
  };
}

describe('touchstone', () => {
  it('without a command, or with one it does not know, helps', async () => {
    const { out } = await run(['--help']);
    for (const command of ['serve', 'migrate', 'keys', 'doctor']) expect(out).toContain(`\n  ${command} `);
    const unknown = await run(['sreve']);
    expect(unknown.exitCode).toBe(2);
    expect(unknown.err).toContain('Did you mean serve?');
    expect((await run([])).exitCode).toBe(2);
  });

  it('tells machines as JSON, and nothing else, that a command was not asked as it can be', async () => {
    for (const [words, message] of [
      [['sreve'], "unknown command 'sreve'"],
      [['explain'], "missing required argument 'order'"],
      [['jobs'], 'A command is missing'],
    ] as const) {
      const wrong = await run([...words, '--json']);
      expect(wrong).toMatchObject({ exitCode: 2, out: '' });
      expect(JSON.parse(wrong.err).error.message).toContain(message);
    }
  });

  it('names every fault of the configuration and ends with 3', async () => {
    const broken = await run(['keys', 'list'], { PORT: 'x', TOUCHSTONE_CURRENCI: 'EUR' });
    expect(broken.exitCode).toBe(3);
    expect(broken.err.split('\n')).toEqual([
      '2 variables of the environment cannot be used.',
      '  PORT: must be a whole number from 0 to 65535 (it is "x"). Example: PORT=8080',
      '  TOUCHSTONE_CURRENCI: is not a known variable; did you mean TOUCHSTONE_CURRENCY?',
    ]);
    const asJson = await run(['keys', 'list', '--json'], { PORT: 'x' });
    expect(JSON.parse(asJson.err).error).toMatchObject({ code: 'configuration', fields: [{ path: 'PORT' }] });
  });

  it('says plainly when the database cannot be reached', async () => {
    const gone = await run(['keys', 'list'], { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x' });
    expect(gone.exitCode).toBe(3);
    expect(gone.err).toContain('The database cannot be reached');
    expect(gone.err).not.toContain('hunter2');
  });
});

describe('touchstone users', () => {
  it('makes a user with a password of ours, lists, resets and disables them', async () => {
    const words = ['users', 'create', 'Grace@shop.example', '--name', 'Grace', '--role', 'brand'];
    const made = (await run([...words, '--owner-scope', 'Acme', 'Zeta', '--json'])).json();
    expect(made).toMatchObject({ email: 'grace@shop.example', owner_scope: ['Acme', 'Zeta'] });
    expect(made.password).toMatch(/^(\w{5}-){3}\w{5}$/);
    const listed = await run(['users', 'list']);
    expect(listed.out).toMatch(/grace@shop.example +Grace +brand +Acme, Zeta/);
    expect(listed.out).not.toContain(made.password);

    const reset = await run(['users', 'reset-password', 'grace@shop.example']);
    expect(reset.out).toMatch(/^(\w{5}-){3}\w{5}\n\nThe password of grace@shop.example/);
    expect(reset.out).not.toContain(made.password);
    const disabled = await run(['users', 'disable', made.id]);
    expect(disabled).toMatchObject({ exitCode: 0, out: 'grace@shop.example cannot sign in any more.' });
    expect((await run(['users', 'disable', 'nobody@shop.example'])).exitCode).toBe(5);
  });

  it('needs an address and, of who stands for somebody, for whom', async () => {
    const noAddress = await run(['users', 'create', 'grace', '--role', 'analyst']);
    expect(noAddress).toMatchObject({ exitCode: 2, err: 'email must be an email address.' });
    const nobodys = await run(['users', 'create', 'b@shop.example', '--role', 'retailer']);
    expect(nobodys.err).toContain('owner_scope is required for the role retailer');
    expect((await run(['users', 'create', 'b@shop.example'])).exitCode).toBe(2);
  });
});

describe('touchstone keys', () => {
  it('makes a key, lists it by its prefix and revokes it', async () => {
    const made = (await run(['keys', 'create', 'Shop server', '--role', 'analyst', '--json'])).json();
    expect(made.key).toMatch(/^tsk_/);
    const listed = await run(['keys', 'list']);
    expect(listed.out).toContain(`${made.prefix}…`);
    expect(listed.out).not.toContain(made.key);

    const revoked = await run(['keys', 'revoke', made.prefix]);
    expect(revoked).toMatchObject({ exitCode: 0, out: `Revoked ${made.prefix}… of "Shop server".` });
    const entry = await db
      .selectFrom('audit_log')
      .select(['actor', 'action'])
      .where('subject_id', '=', made.id)
      .orderBy('id')
      .execute();
    expect(entry).toEqual([
      { actor: 'cli', action: 'api_key.create' },
      { actor: 'cli', action: 'api_key.revoke' },
    ]);
  });

  it('needs to know what the key may do', async () => {
    expect(await run(['keys', 'create', 'Nothing'])).toMatchObject({
      exitCode: 2,
      err: '--role or --permission must say what the key may do, one of the two.',
    });
    const unknown = await run(['keys', 'create', 'X', '--role', 'boss']);
    expect(unknown.exitCode).toBe(2);
    expect(unknown.err).toContain('Allowed choices are admin, marketing_manager');
  });

  it('cannot revoke what is not there', async () => {
    const missing = await run(['keys', 'revoke', 'tsk_nobody']);
    expect(missing).toMatchObject({ exitCode: 5, err: 'There is no API key tsk_nobody.' });
  });
});

describe('touchstone backfill', () => {
  it('goes on with or cancels one by its id alone, so that nothing is posted that a dry run was asked for', async () => {
    const started = (await run(['backfill', '--dry-run', '--json'])).json();
    expect(await run(['backfill', '--resume', started.id, '--dry-run'])).toMatchObject({
      exitCode: 2,
      err: '--dry-run is not asked together with --resume; leave one out.',
    });
    const both = await run(['backfill', '--cancel', started.id, '--resume', started.id]);
    expect(both.err).toContain('--resume is not asked together with --cancel');
    expect((await run(['backfill', '--cancel', started.id, '--from', '2026-01-01'])).exitCode).toBe(2);
  });

  it('cannot cancel or go on with what is not there', async () => {
    for (const flag of ['--cancel', '--resume']) {
      expect(await run(['backfill', flag, 'nope'])).toMatchObject({
        exitCode: 5,
        err: 'There is no backfill nope.',
      });
    }
  });
});

describe('touchstone serve', () => {
  it('prints an admin key once on a new installation, and serves until told to stop', async () => {
    await db.deleteFrom('api_keys').execute();
    const first = await serve();
    expect(first.admin_key).toMatch(/^tsk_/);
    expect((await first.get('/readyz')).status).toBe(200);
    expect((await first.get('/api/v1/api-keys')).status).toBe(200);
    expect((await fetch(first.docs!)).status).toBe(200);
    expect(await first.stop()).toBe(0);
    await expect(first.get('/healthz')).rejects.toThrow();

    const second = await serve();
    expect(second.admin_key).toBeNull();
    expect((await second.get('/api/v1/api-keys', first.admin_key)).status).toBe(200);
    expect(await second.stop()).toBe(0);
  });

  it('makes no key when one is configured, and takes that one', async () => {
    await db.deleteFrom('api_keys').execute();
    const server = await serve({ TOUCHSTONE_ADMIN_KEY: 'for-automation' });
    expect(server.admin_key).toBeNull();
    expect((await server.get('/api/v1/api-keys', 'for-automation')).status).toBe(200);
    expect((await server.get('/api/v1/api-keys', 'for-automatiom')).status).toBe(401);
    await server.stop();
  });

  it('says plainly when its port is taken, and leaves nothing running', async () => {
    const other = createServer().listen(0, 'localhost');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const refused = await run(['serve'], { PORT: String(port), HOST: 'localhost' });
    other.close();
    expect(refused.exitCode).toBe(3);
    expect(refused.err).toBe(
      `Port ${port} is in use by another program. Stop that one, or take another port: PORT=${port + 1}.`,
    );
  });
});

describe('touchstone doctor', () => {
  it('finds a healthy installation healthy', async () => {
    const found = await run(['doctor', '--json'], {
      TOUCHSTONE_ADMIN_KEY: 'a-key-that-is-long-enough-to-be-safe',
    });
    const { findings, ok } = found.json();
    expect(findings.filter((finding: { status: string }) => finding.status === 'fail')).toEqual([]);
    expect(ok).toBe(true);
    expect(found.exitCode).toBe(0);
  });

  it('says of what is wrong how to mend it, and ends with 1', async () => {
    await pool.query("delete from schema_migrations where name = '0001_house'");
    const found = await run(['doctor'], { TOUCHSTONE_ADMIN_KEY: 'short' });
    expect(found.exitCode).toBe(1);
    expect(found.out).toContain('✗ schema: lacks 0001_house\n    Run "touchstone migrate"');
    expect(found.out).toContain('! TOUCHSTONE_ADMIN_KEY: has only 5 characters and may be guessed');
    const unready = await run(['keys', 'list']);
    expect(unready.exitCode).toBe(3);
    expect(unready.err).toContain('run "touchstone migrate"');
  });

  it('says that the database is gone', async () => {
    const found = await run(['doctor', '--json'], { DATABASE_URL: 'postgres://u:p@127.0.0.1:1/x' });
    expect(found.exitCode).toBe(1);
    expect(found.json().findings).toContainEqual({
      subject: 'database',
      status: 'fail',
      message: expect.stringContaining('cannot be reached'),
    });
  });
});

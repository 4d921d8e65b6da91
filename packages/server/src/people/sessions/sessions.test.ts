import { describe, expect, it } from 'vitest';
import { openBrowser } from '../../../test/browser.ts';
import { startServer } from '../../../test/server.ts';
import { routes } from '../index.ts';

const settings = { trustedProxies: ['127.0.0.1'] };
const api = await startServer({ routes, settings });
const password = 'correct horse battery';

async function userNamed(name: string, fields: Record<string, unknown> = {}) {
  const email = `${name}@shop.example`;
  const made = await api.post('/users', { email, name, role: 'analyst', password, ...fields });
  expect(made.status, made.text).toBe(201);
  return { id: made.body.data.id as string, email };
}

async function signedIn(email: string, address?: string) {
  const browser = openBrowser(api, address);
  const reply = await browser.signIn(email, password);
  expect(reply.status, reply.text).toBe(201);
  return browser;
}

describe('the first visit', () => {
  it('is told to set up, makes the admin once however many try at once, and is signed in', async () => {
    const fresh = await startServer({ routes, settings });
    const visitor = openBrowser(fresh);
    expect((await visitor.get('/session')).body.data).toEqual({
      user: null,
      permissions: [],
      scope: { kind: 'owner', names: [] },
      setup_required: true,
    });
    const attempts = await Promise.all(
      [1, 2, 3, 4].map(async (n) => {
        const browser = openBrowser(fresh);
        const first = { email: `First${n}@Shop.example`, name: 'Ada', password };
        return { browser, reply: await browser.ask('POST', '/setup', first) };
      }),
    );
    expect(attempts.map(({ reply }) => reply.status).toSorted()).toEqual([201, 409, 409, 409]);
    const { browser, reply } = attempts.find(({ reply }) => reply.status === 201)!;
    expect(reply.body.data.user).toMatchObject({ name: 'Ada', role: 'admin' });
    expect(reply.body.data.user.email).toMatch(/^first\d@shop\.example$/);
    expect((await browser.get('/users')).body.data).toHaveLength(1);
    expect((await openBrowser(fresh).get('/session')).body.data.setup_required).toBe(false);
    expect((await browser.get('/audit?action=user.create')).body.data).toMatchObject([
      { actor: `user:${reply.body.data.user.email}`, after: { role: 'admin' } },
    ]);
  });
});

describe('signing in', () => {
  it('by email, however it is typed, and password gives a cookie that no script and no other site can use', async () => {
    const { id } = await userNamed('grace');
    const browser = openBrowser(api);
    const reply = await browser.signIn('Grace@Shop.Example', password);
    expect(reply.status).toBe(201);
    const cookie = String(reply.headers['set-cookie']);
    expect(cookie).toMatch(/^touchstone_session=[\w-]{43}; /);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    expect(cookie).not.toContain('Secure');
    expect(reply.headers['cache-control']).toBe('no-store');

    const state = (await browser.get('/session')).body.data;
    expect(state.user).toEqual({ id, email: 'grace@shop.example', name: 'grace', role: 'analyst' });
    expect(state.permissions).toContain('reports:read');
    expect(state.scope).toEqual({ kind: 'all', names: [] });
    expect((await browser.get('/audit')).status).toBe(200);
    expect((await browser.get('/users')).body.error.message).toBe(
      'Your role lacks the permission people:read.',
    );

    const secure = await openBrowser(api).ask(
      'POST',
      '/session',
      { email: 'grace@shop.example', password },
      { 'x-forwarded-proto': 'https' },
    );
    expect(String(secure.headers['set-cookie'])).toContain('Secure');
  });

  it('keeps no token and no password that could be read back', async () => {
    const { email } = await userNamed('kept');
    const browser = await signedIn(email);
    const token = browser.cookie.split('=')[1]!;
    const { rows } = await api.pool.query(`select (select json_agg(user_sessions) from user_sessions)::text
      || (select json_agg(users) from users)::text || (select json_agg(audit_log) from audit_log)::text as all`);
    expect(rows[0].all).not.toContain(token);
    expect(rows[0].all).not.toContain(password);
    expect(rows[0].all).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  });

  it('is refused alike for a wrong password, an unknown address and a disabled user', async () => {
    const { email } = await userNamed('wrong');
    const gone = await userNamed('gone');
    await api.patch(`/users/${gone.id}`, { disabled: true });
    const replies = await Promise.all([
      openBrowser(api).signIn(email, 'not the password'),
      openBrowser(api).signIn('nobody@shop.example', password),
      openBrowser(api).signIn(gone.email, password),
    ]);
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    expect(replies[0]!.status).toBe(401);
    expect(replies[0]!.body.error.message).toBe('The address or the password is wrong.');
    const { body } = await api.get('/audit?action=session.refuse&limit=3');
    expect(body.data.map((entry: { subject_id: string }) => entry.subject_id).toSorted()).toEqual(
      [email, gone.email, 'nobody@shop.example'].toSorted(),
    );
  });

  it('gets slower with every failure, for one account from one place, also when guessed at once', async () => {
    const { email } = await userNamed('guessed');
    const guesses = await Promise.all(
      Array.from({ length: 12 }, () => openBrowser(api, '198.51.100.1').signIn(email, 'a guess')),
    );
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5);
    const refused = guesses.find(({ status }) => status === 429)!;
    expect(refused.headers['retry-after']).toBe('1');
    expect(refused.body.error.code).toBe('rate_limited');

    const waits: number[] = [];
    for (let n = 0; n < 12; n++) {
      const { headers } = await openBrowser(api, '198.51.100.1').signIn(email, 'a guess');
      waits.push(Number(headers['retry-after']));
      api.clock.advance(waits.at(-1)! * 1000);
      expect((await openBrowser(api, '198.51.100.1').signIn(email, 'a guess')).status).toBe(401);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);

    expect((await openBrowser(api, '198.51.100.1').signIn(email, password)).status).toBe(429);
    await signedIn(email, '198.51.100.2');
    api.clock.advance(900_000);
    await signedIn(email, '198.51.100.1');
    expect((await openBrowser(api, '198.51.100.1').signIn(email, 'a guess')).status).toBe(401);
  });

  it('gets slower for a network that tries one password on many accounts', async () => {
    const statuses = [];
    for (let n = 0; n < 52; n++) {
      // One household of IPv6 addresses.
      const browser = openBrowser(api, `2001:db8:1:2::${n.toString(16)}`);
      statuses.push((await browser.signIn(`account${n}@shop.example`, 'Winter2026!')).status);
    }
    expect(statuses).toEqual([...Array(50).fill(401), 429, 429]);
    const elsewhere = openBrowser(api, '2001:db8:1:3::1');
    expect((await elsewhere.signIn('account1@shop.example', 'Winter2026!')).status).toBe(401);
  });
});

describe('a session', () => {
  it('lasts 30 days after its last use', async () => {
    const { email } = await userNamed('sliding');
    const browser = await signedIn(email);
    for (let month = 0; month < 3; month++) {
      api.clock.advance(29 * 24 * 3_600_000);
      const reply = await browser.get('/sessions');
      expect(reply.status).toBe(200);
      expect(String(reply.headers['set-cookie'])).toContain('Expires=');
    }
    api.clock.advance(30 * 24 * 3_600_000 + 1);
    expect((await browser.get('/sessions')).status).toBe(401);
  });

  it('can be ended here, in another place, and everywhere', async () => {
    const { email } = await userNamed('everywhere');
    const [here, phone, office, home] = [
      await signedIn(email),
      await signedIn(email),
      await signedIn(email),
      await signedIn(email),
    ];
    const listed = (await here.get('/sessions')).body.data;
    expect(listed).toHaveLength(4);
    expect(listed.filter((session: { is_current: boolean }) => session.is_current)).toHaveLength(1);
    expect(listed[0].address).toBe('203.0.113.7');

    const phones = (await phone.get('/sessions')).body.data.find(
      (session: { is_current: boolean }) => session.is_current,
    );
    expect((await here.ask('DELETE', `/sessions/${phones.id}`)).status).toBe(200);
    expect((await phone.get('/sessions')).status).toBe(401);

    expect((await office.ask('DELETE', '/session')).status).toBe(200);
    expect(office.cookie).toBe('touchstone_session=');
    expect((await office.get('/sessions')).status).toBe(401);
    expect((await office.ask('DELETE', '/session')).status).toBe(200);

    expect((await here.ask('DELETE', '/sessions')).body.data).toEqual({ ended: 2 });
    expect((await home.get('/sessions')).status).toBe(401);
    expect((await here.get('/session')).body.data.user).toBeNull();
  });

  it("of somebody else cannot be ended or seen, and is nobody's business", async () => {
    const [a, b] = [await userNamed('one'), await userNamed('two')];
    const [one, two] = [await signedIn(a.email), await signedIn(b.email)];
    const [session] = (await two.get('/sessions')).body.data;
    expect((await one.ask('DELETE', `/sessions/${session.id}`)).status).toBe(404);
    expect((await one.get('/sessions')).text).not.toContain(session.id);
    expect((await two.get('/sessions')).status).toBe(200);
  });

  it('ends with disabling and with another password, and not with a new name', async () => {
    const { id, email } = await userNamed('ending');
    const browser = await signedIn(email);
    await api.patch(`/users/${id}`, { name: 'Another name' });
    expect((await browser.get('/sessions')).status).toBe(200);
    await api.patch(`/users/${id}`, { password: 'another horse battery' });
    expect((await browser.get('/sessions')).status).toBe(401);
    await api.patch(`/users/${id}`, { password });
    const again = await signedIn(email);
    await api.patch(`/users/${id}`, { disabled: true });
    expect((await again.get('/sessions')).status).toBe(401);
    await api.patch(`/users/${id}`, { disabled: false });
    expect((await again.get('/sessions')).status).toBe(401);
    await signedIn(email);
  });

  it('goes on in place when its owner changes the password, and the others end', async () => {
    const { email } = await userNamed('changer');
    const [here, elsewhere] = [await signedIn(email), await signedIn(email)];
    const old = here.cookie;
    const change = (current_password: string, new_password: string) =>
      here.ask('PATCH', '/session/password', { current_password, new_password });
    expect((await change('not it at all', 'a brand new password')).body.error.fields[0].path).toBe(
      'current_password',
    );
    const changed = await change(password, 'a brand new password');
    expect(changed.status, changed.text).toBe(200);
    expect(here.cookie).not.toBe(old);
    expect((await here.get('/sessions')).body.data).toHaveLength(1);
    expect((await elsewhere.get('/sessions')).status).toBe(401);
    expect((await openBrowser(api).signIn(email, password)).status).toBe(401);
    expect((await openBrowser(api).signIn(email, 'a brand new password')).status).toBe(201);
  });

  it('gives way to the next one of the same browser', async () => {
    const { email } = await userNamed('again');
    const browser = await signedIn(email);
    const old = browser.cookie;
    await browser.signIn(email, password);
    expect((await browser.get('/sessions')).body.data).toHaveLength(1);
    browser.cookie = old;
    expect((await browser.get('/sessions')).status).toBe(401);
  });

  it('follows its owner into another role at once', async () => {
    const { id, email } = await userNamed('riser');
    const browser = await signedIn(email);
    expect((await browser.get('/users')).status).toBe(403);
    await api.patch(`/users/${id}`, { role: 'admin' });
    expect((await browser.get('/users')).status).toBe(200);
  });

  it('is not asked where a key is sent, right or wrong', async () => {
    const { email } = await userNamed('keyed');
    const browser = await signedIn(email);
    expect((await browser.ask('GET', '/audit', undefined, { 'x-api-key': 'wrong' })).status).toBe(401);
    const byKey = await browser.ask('GET', '/session', undefined, { 'x-api-key': api.settings.adminKey! });
    expect(byKey.body.data.user).toBeNull();
    expect(byKey.body.data.permissions).toContain('people:write');
  });
});

describe('a page of another site', () => {
  const changes: ['POST' | 'DELETE' | 'PATCH', string, unknown?][] = [
    ['POST', '/users', { email: 'x@evil.example', name: 'X', role: 'admin', password }],
    ['POST', '/session', { email: 'x@evil.example', password }],
    ['POST', '/setup', { email: 'x@evil.example', name: 'X', password }],
    ['DELETE', '/session'],
    ['DELETE', '/sessions'],
    ['PATCH', '/session/password', { current_password: password, new_password: 'a brand new password' }],
  ];

  it.each(changes)('cannot have the browser %s %s', async (method, path, body) => {
    const { email } = await userNamed(`victim${changes.findIndex(([m, p]) => m === method && p === path)}`, {
      role: 'admin',
    });
    const browser = await signedIn(email);
    const foreign: Record<string, string>[] = [
      { 'x-requested-with': '' },
      { 'x-requested-with': 'XMLHttpRequest' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ];
    for (const headers of foreign) {
      const reply = await browser.ask(method, path, body, headers);
      expect(reply.status, JSON.stringify(headers)).toBe(403);
    }
    expect((await browser.get('/sessions')).body.data).toHaveLength(1);
  });

  it('is told from a page of our own, behind a proxy too', async () => {
    const { email } = await userNamed('own-page');
    const own: Record<string, string>[] = [
      { origin: 'http://localhost:80', host: 'localhost:80' },
      { origin: 'https://touch.example', 'x-forwarded-host': 'touch.example', 'x-forwarded-proto': 'https' },
      { origin: 'http://localhost:5173', 'sec-fetch-site': 'same-origin' },
    ];
    for (const headers of own) {
      const reply = await openBrowser(api).ask('POST', '/session', { email, password }, headers);
      expect(reply.status, JSON.stringify(headers)).toBe(201);
    }
  });

  it('is no matter to who has a key', async () => {
    const reply = await api.post(
      '/users',
      { email: 'by-key@shop.example', name: 'K', role: 'analyst' },
      {
        origin: 'https://elsewhere.example',
        'sec-fetch-site': 'cross-site',
      },
    );
    expect(reply.status).toBe(201);
    expect(reply.body.data.password).toMatch(/^(\w{5}-){3}\w{5}$/);
  });
});

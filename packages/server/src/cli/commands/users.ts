import { Command, Option } from 'commander';
import type { Role, UserView } from '../../people/index.ts';
import { createUser, readUsers, resetPassword, roles, updateUser } from '../../people/index.ts';
import { notFound } from '../../vocabulary/errors.ts';
import { type Answer, type Frame, type Outcome, withDatabase } from '../frame.ts';
import { tableText } from '../table-text.ts';

/** `touchstone users create | list | disable | reset-password` */
export function usersCommand(answer: Answer): Command {
  const users = new Command('users').description('Make, list and disable people who sign in');
  users
    .command('create')
    .description('Make a user; the password made for them is shown this once')
    .argument('<email>', 'the address they sign in with')
    .addOption(new Option('--role <role>', 'what they may do').choices(roles).makeOptionMandatory())
    .option('--name <name>', 'what they are called; the address by default')
    .option('--owner-scope <name...>', 'whose campaigns (advertiser, brand) or orders (retailer) they see')
    .action(answer(create));
  users.command('list').description('List all users, disabled ones too').action(answer(list));
  users
    .command('disable')
    .description('Keep a user from signing in, and end their sessions')
    .argument('<user>', 'their address or id')
    .action(answer(disable));
  users
    .command('reset-password')
    .description('Make a user a new password, shown this once, and end their sessions')
    .argument('<user>', 'their address or id')
    .action(answer(reset));
  return users;
}

type NewUser = { role: Role; name?: string; ownerScope?: string[] };

async function create(frame: Frame, email: string, options: NewUser): Promise<Outcome> {
  const { role, name = email, ownerScope: owner_scope } = options;
  const made = await withDatabase(frame, ({ db }) =>
    createUser(db, frame, { email, name, role, owner_scope }),
  );
  return { text: told(made.password ?? '', made), data: made };
}

async function list(frame: Frame): Promise<Outcome> {
  const users = await withDatabase(frame, ({ db }) => readUsers(db));
  const rows = users.map((user) => ({
    email: user.email,
    name: user.name,
    role: user.role,
    sees: user.owner_scope?.join(', ') ?? 'everything',
    'last signed in': user.last_signed_in_at ?? '–',
    disabled: user.disabled_at ?? '–',
  }));
  return { text: rows.length === 0 ? 'There is no user yet.' : tableText(rows), data: users };
}

async function disable(frame: Frame, named: string): Promise<Outcome> {
  const user = await withDatabase(frame, async ({ db }) => {
    const { id } = pick(await readUsers(db), named);
    return updateUser(db, frame, id, { disabled: true });
  });
  return { text: `${user.email} cannot sign in any more.`, data: user };
}

async function reset(frame: Frame, named: string): Promise<Outcome> {
  const user = await withDatabase(frame, async ({ db }) => {
    const { id } = pick(await readUsers(db), named);
    return resetPassword(db, frame, id);
  });
  return { text: told(user.password, user), data: user };
}

function told(password: string, { email }: UserView): string {
  return [
    password,
    '',
    `The password of ${email}, to be changed after signing in. It is not shown again.`,
  ].join('\n');
}

function pick(users: UserView[], named: string): UserView {
  const found = users.find(({ id, email }) => id === named || email === named.trim().toLowerCase());
  if (found === undefined) throw notFound('user', named);
  return found;
}

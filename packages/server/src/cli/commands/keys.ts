import { Command, Option } from 'commander';
import type { Role } from '../../people/index.ts';
import { createKey, type KeyView, permissions, readKeys, revokeKey, roles } from '../../people/index.ts';
import { invalid, notFound } from '../../vocabulary/errors.ts';
import type { Permission } from '../../vocabulary/permission.ts';
import { type Answer, type Frame, type Outcome, withDatabase } from '../frame.ts';
import { tableText } from '../table-text.ts';

/** `touchstone keys create | list | revoke` */
export function keysCommand(answer: Answer): Command {
  const keys = new Command('keys').description('Make, list and revoke API keys');
  keys
    .command('create')
    .description('Make a key; it is shown this once')
    .argument('<name>', 'what it is for, such as "Shop server"')
    .addOption(new Option('--role <role>', 'what it may do, by role').choices(roles))
    .addOption(new Option('--permission <permission...>', 'what it may do, one by one').choices(permissions))
    .addOption(
      new Option('--scope-kind <kind>', 'with --permission: whose names --owner-scope gives').choices([
        'owner',
        'retailer',
      ]),
    )
    .option('--owner-scope <name...>', 'whose campaigns (owner) or orders (retailer) it sees; all by default')
    .action(answer(create));
  keys.command('list').description('List all keys, revoked ones too').action(answer(list));
  keys
    .command('revoke')
    .description('Take a key out of use from the next request on')
    .argument('<key>', 'its id or its prefix, as listed')
    .action(answer(revoke));
  return keys;
}

type Scope = {
  role?: Role;
  permission?: Permission[];
  scopeKind?: 'owner' | 'retailer';
  ownerScope?: string[];
};

async function create(frame: Frame, name: string, options: Scope): Promise<Outcome> {
  const { role, permission, scopeKind: scope_kind, ownerScope: owner_scope } = options;
  if ((role === undefined) === (permission === undefined)) {
    throw invalid('--role', 'or --permission must say what the key may do, one of the two');
  }
  const scope = role === undefined ? { permissions: permission ?? [], scope_kind } : { role };
  const made = await withDatabase(frame, ({ db }) => createKey(db, frame, { name, ...scope, owner_scope }));
  const text = [`${made.key}`, '', `Key ${made.id} of "${name}". It is not shown again.`].join('\n');
  return { text, data: made };
}

async function list(frame: Frame): Promise<Outcome> {
  const keys = await withDatabase(frame, ({ db }) => readKeys(db));
  const rows = keys.map((key) => ({
    prefix: `${key.prefix}…`,
    name: key.name,
    may: key.role ?? key.permissions?.join(', ') ?? '',
    sees: key.owner_scope?.join(', ') ?? 'everything',
    'last used': key.last_used_at ?? '–',
    revoked: key.revoked_at ?? '–',
    id: key.id,
  }));
  return { text: rows.length === 0 ? 'There is no key yet.' : tableText(rows), data: keys };
}

async function revoke(frame: Frame, named: string): Promise<Outcome> {
  const revoked = await withDatabase(frame, async ({ db }) => {
    const { id } = pick(await readKeys(db), named);
    return revokeKey(db, frame, id);
  });
  return { text: `Revoked ${revoked.prefix}… of "${revoked.name}".`, data: revoked };
}

function pick(keys: KeyView[], named: string): KeyView {
  const found = keys.filter(({ id, prefix }) => id === named || prefix === named.replace(/…$/, ''));
  if (found.length > 1) throw invalid(named, `stands for ${found.length} keys; name one by its id`);
  const [key] = found;
  if (key === undefined) throw notFound('API key', named);
  return key;
}

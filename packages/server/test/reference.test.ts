import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { runCli } from '../src/cli/run-cli.ts';
import { variables } from '../src/cli/settings/variables.ts';
import { routeTable } from '../src/http/route-table.ts';
import { groupBy } from '../src/vocabulary/group-by.ts';
import type { Route } from '../src/vocabulary/route.ts';

// The reference pages are written from the code itself and kept as reviewed text: `npm run docs` brings them up to date.
const page = (name: string) => `../../../docs/reference/${name}.md`;

describe('the reference says what the code does', () => {
  test('about the API', async () => {
    await expect(apiPage()).toMatchFileSnapshot(page('api'));
  });

  test('about the command line', async () => {
    await expect(await cliPage()).toMatchFileSnapshot(page('cli'));
  });

  test('about the configuration', async () => {
    await expect(configurationPage()).toMatchFileSnapshot(page('configuration'));
  });
});

function apiPage(): string {
  const sections = [...groupBy(routeTable, ({ tag }) => tag)].flatMap(([tag, routes]) => [
    `## ${tag}`,
    '',
    ...routes.flatMap(routeLines),
  ]);
  return [
    '# The API',
    '',
    'Everything below is under `/api/v1`; shapes, types and examples are at `/docs` of a running server, the OpenAPI 3.1',
    'document at `/openapi.json`. Send a key as `Authorization: Bearer KEY` or `X-API-Key: KEY`. The dashboard signs in by',
    '`POST /session` and sends the cookie it is given, with `X-Requested-With: touchstone` on every change. Which role may do',
    'what is the table in `packages/server/src/people/permissions.ts`.',
    '',
    'A success is `{"success": true, "data": …, "meta"?: {…}}`, a failure `{"success": false, "error": {"code", "message",',
    '"fields"?: [{"path", "message"}]}}` with 400 malformed, 401 unauthenticated, 403 forbidden, 404 not found, 409 conflict,',
    '413 too large, 422 invalid, 429 and 503 with `Retry-After`. Unknown fields are refused. Money is a decimal number with',
    'its currency beside it; text such as `"12.34"` is taken as well, more decimals than the currency has are not.',
    'Timestamps are ISO 8601 with an offset. Lists go on with `?cursor=` from `meta.next_cursor`. Routes marked CSV answer',
    '`Accept: text/csv`. A POST with an `Idempotency-Key` is carried out once in 24 hours.',
    '',
    ...sections,
  ].join('\n');
}

function routeLines(route: Route): string[] {
  const { method, path, summary, csv, query, body } = route;
  const named = (schema: unknown) => Object.keys((schema as z.ZodObject | undefined)?.shape ?? {});
  return [
    `- \`${method} ${path}\`: ${summary}. ${needs(route)}${csv === true ? ' CSV.' : ''}`,
    ...(named(query).length > 0 ? [`  - asked with \`${named(query).join('`, `')}\``] : []),
    ...(named(body).length > 0 ? [`  - sent \`${named(body).join('`, `')}\``] : []),
    '',
  ];
}

function needs({ permission, narrowedFor = [] }: Route): string {
  if (permission === 'public') return 'For anybody.';
  if (permission === 'known') return 'For whoever has a key or is signed in.';
  if (permission === 'signed_in') return 'For a person who is signed in.';
  const narrowed = narrowedFor.map((kind) => (kind === 'owner' ? 'advertisers, brands' : 'retailers'));
  return `Needs \`${permission}\`${narrowed.length === 0 ? '' : `; narrowed for ${narrowed.join(', ')}`}.`;
}

async function cliPage(): Promise<string> {
  const overview = await helpOf([]);
  const commands = [...overview.matchAll(/^ {2}(\w+)/gm)]
    .map(([, command]) => command!)
    .filter((name) => name !== 'help');
  const sections: string[] = [];
  for (const command of commands) {
    const help = await helpOf([command]);
    if (!help.startsWith(`Usage: touchstone ${command}`)) continue;
    sections.push(`## touchstone ${command}`, '', '```', help, '```', '');
    const below = help.split('Commands:')[1] ?? '';
    for (const [, subcommand] of below.matchAll(/^ {2}([\w-]+)/gm)) {
      if (subcommand !== 'help') sections.push('```', await helpOf([command, subcommand!]), '```', '');
    }
  }
  return [
    '# The command line',
    '',
    'Runs beside a running server, or alone. `--json` answers with JSON for machines. Exit codes: 0 done, 1 a check found',
    'something, 2 wrong usage or input, 3 configuration, 4 access, 5 not found, 6 conflict, 7 unavailable, 70 a fault of ours.',
    '',
    '```',
    overview,
    '```',
    '',
    ...sections,
  ].join('\n');
}

async function helpOf(words: string[]): Promise<string> {
  const said: string[] = [];
  await runCli([...words, '--help'], {
    environment: {},
    out: (line) => said.push(line),
    err: (line) => said.push(line),
    untilStopped: () => Promise.resolve(),
  });
  return said.join('\n');
}

function configurationPage(): string {
  return [
    '# Configuration',
    '',
    'By environment, read at start; every fault is named in one message. An empty variable counts as absent.',
    '',
    '| variable | meaning | default | example |',
    '|---|---|---|---|',
    ...variables.map(
      ({ name, meaning, fallback, example }) =>
        `| \`${name}\` | ${meaning} | ${fallback === undefined ? '' : `\`${fallback}\``} | \`${example}\` |`,
    ),
    '',
  ].join('\n');
}

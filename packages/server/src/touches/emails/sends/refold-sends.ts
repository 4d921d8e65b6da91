import { sql } from 'kysely';
import { type Database, enqueue } from '../../../database/index.ts';
import { groupBy } from '../../../vocabulary/group-by.ts';
import { changeRollups, type SendChange } from './change-rollups.ts';
import { foldSend, type SendEvent } from './fold-send.ts';
import { type SendRow, updateSends } from './send-row.ts';

/** A send that its caller holds: as it was counted, and as it is told to be now. */
export type HeldSend = { before: SendRow | undefined; told: SendRow };

/**
 * Folds sends again from all their events, writes what changed, moves the sums, and leaves sales that a click may
 * reach to be settled. The caller holds the rows.
 */
export async function refoldSends(tx: Database, held: HeldSend[]): Promise<void> {
  if (held.length === 0) return;
  const eventsOf = groupBy(
    await readEvents(
      tx,
      held.map(({ told }) => told),
    ),
    ({ send_id }) => send_id,
  );
  const changes: SendChange[] = [];
  const judged: { event: KeptEvent; machine: string | null }[] = [];
  for (const { before, told } of held) {
    const events = eventsOf.get(told.id) ?? [];
    const { send, machines } = foldSend(told, events);
    changes.push({ before, after: { ...told, ...send } });
    for (const event of events) {
      const machine = machines.get(event.id) ?? null;
      if (machine !== event.machine) judged.push({ event, machine });
    }
  }
  await updateSends(
    tx,
    changes.filter(({ before, after }) => textOf(before) !== textOf(after)).map(({ after }) => after),
  );
  await writeJudgements(tx, judged);
  await changeRollups(tx, changes);
  await settleTouches(tx, held, eventsOf, new Set(judged.map(({ event }) => event.id)));
}

type KeptEvent = SendEvent & { recipient_hash: Buffer; send_id: string; machine: string | null };

async function readEvents(tx: Database, sends: SendRow[]): Promise<KeptEvent[]> {
  const { rows } = await sql<KeptEvent>`
    select recipient_hash, id, send_id, kind, occurred_at, provider, url, user_agent, flagged, machine, reason
      from email_events
     where recipient_hash = any(${sends.map(({ recipient_hash }) => recipient_hash)}::bytea[])
       and send_id = any(${sends.map(({ id }) => id)}::uuid[])
     order by recipient_hash, id`.execute(tx);
  return rows;
}

async function writeJudgements(
  tx: Database,
  judged: { event: KeptEvent; machine: string | null }[],
): Promise<void> {
  if (judged.length === 0) return;
  await sql`
    update email_events set machine = judged.machine
      from unnest(
        ${judged.map(({ event }) => event.recipient_hash)}::bytea[],
        ${judged.map(({ event }) => event.id)}::uuid[],
        ${judged.map(({ machine }) => machine)}::text[]) as judged (recipient_hash, id, machine)
     where email_events.recipient_hash = judged.recipient_hash and email_events.id = judged.id`.execute(tx);
}

function textOf(row: SendRow | undefined): string {
  return JSON.stringify(row, (_, value) => value);
}

/** Clicks are touches, and looks where a model counts them: whoever bought after one may owe it credit, or no longer. */
async function settleTouches(
  tx: Database,
  held: HeldSend[],
  eventsOf: Map<string, KeptEvent[]>,
  judgedIds: Set<string>,
): Promise<void> {
  for (const [kind, cause] of causes) {
    const reached = held.flatMap(({ before, told }) => {
      const events = (eventsOf.get(told.id) ?? []).filter((event) => event.kind === kind);
      const isNew = (event: KeptEvent) =>
        before === undefined || judgedIds.has(event.id) || !wasCounted(before, kind, event.occurred_at);
      const moved = events.filter((event) => isNew(event) || before?.partner_id !== told.partner_id);
      return moved.length === 0 ? [] : [{ before, told, from: Math.min(...moved.map(timeOf)) }];
    });
    if (reached.length === 0) continue;
    const partners = reached.flatMap(({ before, told }) =>
      [before?.partner_id ?? [], told.partner_id ?? []].flat(),
    );
    await enqueue(tx, 'settle-email-clicks', {
      recipient_hashes: reached.map(({ told }) => told.recipient_hash.toString('hex')),
      partner_ids: [...new Set(partners)].sort(),
      opens_only: kind === 'opened',
      from: new Date(Math.min(...reached.map(({ from }) => from))).toISOString(),
      cause,
    });
  }
}

const causes = [
  ['clicked', 'A click in a mail became known.'],
  ['opened', 'A look at a mail became known.'],
] as const;

function timeOf({ occurred_at }: KeptEvent): number {
  return occurred_at.getTime();
}

/** One between two that the send knew of already may be new all the same; asking once too often costs nothing. */
function wasCounted(before: SendRow, kind: 'clicked' | 'opened', at: Date): boolean {
  const known = [
    before[`${kind}_at`],
    before[`last_${kind}_at`],
    before[`machine_${kind}_at`],
    before[`last_machine_${kind}_at`],
  ];
  return known.some((time) => time?.getTime() === at.getTime());
}

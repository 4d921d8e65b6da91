import { sql } from 'kysely';
import { type Database, inTransaction } from '../../database/index.ts';
import { conversionInput, recordConversions } from '../../orders/index.ts';
import type { ItemOutcome } from '../../vocabulary/batch.ts';
import { rejected } from '../../vocabulary/batch.ts';
import { groupBy } from '../../vocabulary/group-by.ts';
import { strictReader } from '../../vocabulary/read-strictly.ts';
import type { ProcessContext, Processed, Provider } from '../webhooks/webhook.ts';
import { assembleDeal, deleted } from './assemble-deal.ts';
import { verifyHubspot } from './verify-hubspot.ts';

/** HubSpot's webhooks about deals: a list of events a delivery, each about one property of one deal. */
export const hubspot: Provider = {
  name: 'hubspot',
  verify: verifyHubspot,
  process: processHubspot,
};

type HubspotEvent = {
  eventId?: number;
  subscriptionType?: string;
  objectTypeId?: string;
  portalId?: number;
  objectId?: number;
  occurredAt?: number;
  propertyName?: string;
  propertyValue?: string | null;
};
type Told = {
  index: number;
  portal_id: number;
  deal_id: number;
  property: string;
  value: string | null;
  occurred_at: Date;
  event_id: number;
};

const readConversion = strictReader(conversionInput);

/**
 * Keeps the latest of each property, whatever the order they come in, and records every deal that was touched as the
 * conversion that its properties make.
 */
async function processHubspot(db: Database, body: Buffer, context: ProcessContext): Promise<Processed> {
  const events = [JSON.parse(body.toString())].flat() as HubspotEvent[];
  const read = events.map(readEvent);
  const told = read.flatMap((each) => (typeof each === 'object' ? [each] : []));
  const faults = read.flatMap((each, index) =>
    each === 'faulty' ? [{ index, message: 'names no deal, property or time' }] : [],
  );
  let recorded = 0;
  for (const [, ofDeal] of groupBy(told, ({ portal_id, deal_id }) => `${portal_id} ${deal_id}`)) {
    const outcome = await recordDeal(db, ofDeal, context);
    if (outcome.outcome === 'rejected')
      faults.push({ index: ofDeal[0]!.index, message: outcome.error.message });
    else if (outcome.outcome !== 'unchanged') recorded += ofDeal.length;
  }
  return {
    events: events.length,
    recorded,
    unchanged: told.length - recorded - faults.filter(({ index }) => typeof read[index] === 'object').length,
    ignored: read.filter((each) => each === 'ignored').length,
    faults,
  };
}

function readEvent(event: HubspotEvent, index: number): Told | 'ignored' | 'faulty' {
  const [object = '', what = ''] = String(event.subscriptionType).split('.');
  const isDeal = object === 'deal' || (object === 'object' && event.objectTypeId === '0-3');
  if (!isDeal || !['creation', 'deletion', 'restore', 'propertyChange'].includes(what)) return 'ignored';
  const { portalId, objectId, occurredAt, eventId = 0 } = event;
  const ids = [portalId, objectId, eventId];
  const property = what === 'propertyChange' ? event.propertyName : deleted;
  const isWhole = ids.every((id) => Number.isSafeInteger(id)) && Number.isFinite(occurredAt);
  if (!isWhole || !property || property.length > 200) return 'faulty';
  const value =
    what === 'propertyChange' ? (event.propertyValue ?? null) : what === 'deletion' ? 'yes' : null;
  return {
    index,
    portal_id: portalId!,
    deal_id: objectId!,
    property,
    value: value === null ? null : String(value).slice(0, 4000),
    occurred_at: new Date(occurredAt!),
    event_id: eventId,
  };
}

async function recordDeal(db: Database, told: Told[], context: ProcessContext): Promise<ItemOutcome> {
  const { portal_id, deal_id } = told[0]!;
  const { settings, clock } = context;
  return inTransaction(db, async (tx) => {
    // Two deliveries about one deal take turns: each shall see the properties that the other told.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`hubspot ${portal_id} ${deal_id}`}, 0))`.execute(
      tx,
    );
    for (const { index: _, ...row } of told) await keepLatest(tx, row);
    const rows = await tx
      .selectFrom('hubspot_properties')
      .selectAll()
      .where('portal_id', '=', BigInt(portal_id))
      .where('deal_id', '=', BigInt(deal_id))
      .execute();
    const times = rows.map(({ occurred_at }) => occurred_at.getTime());
    const deal = assembleDeal(
      {
        portal_id: BigInt(portal_id),
        deal_id: BigInt(deal_id),
        properties: new Map(
          rows.flatMap(({ property, value }) => (value ? [[property, value] as const] : [])),
        ),
        first_told_at: new Date(Math.min(...times)),
        last_told_at: new Date(Math.max(...times)),
      },
      settings.hubspotWonStages,
    );
    const { data, faults } = readConversion(deal);
    if (faults !== undefined) return rejected(String(deal_id), faults);
    const [outcome] = await recordConversions(tx, [data], {
      clock,
      actor: 'hubspot',
      currency: settings.currency,
      receivedVia: 'hubspot',
      campaignsMayComeLater: true,
    });
    return outcome!;
  });
}

async function keepLatest(tx: Database, told: Omit<Told, 'index'>): Promise<void> {
  await sql`
    insert into hubspot_properties (portal_id, deal_id, property, value, occurred_at, event_id)
    values (${told.portal_id}, ${told.deal_id}, ${told.property}, ${told.value}, ${told.occurred_at}, ${told.event_id})
    on conflict (portal_id, deal_id, property) do update
       set value = excluded.value, occurred_at = excluded.occurred_at, event_id = excluded.event_id
     where (excluded.occurred_at, excluded.event_id)
         > (hubspot_properties.occurred_at, hubspot_properties.event_id)`.execute(tx);
}

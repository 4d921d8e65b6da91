import type { ResolvedCampaign } from '../../campaigns/index.ts';
import type { SendOrigin } from '../../touches/index.ts';
import type { FieldFault } from '../../vocabulary/errors.ts';
import { derivedId } from '../../vocabulary/ids.ts';
import { amountReader } from '../../vocabulary/read-amounts.ts';
import { hashOf } from '../normalise-order.ts';
import type { ConversionInput } from './conversion-input.ts';
import type { ConversionRow } from './conversion-row.ts';

/** What the source says, as it will be held. */
export type ConversionVersion = Omit<
  ConversionRow,
  'received_via' | 'payload_hash' | 'created_at' | 'changed_at' | 'customer_id'
>;

/**
 * A conversion with its amount in minor units and its order's id.
 *
 * @param resolved the campaign that was meant; undefined when none is named
 * @param origin of the send that led to it: its campaign and retailer, where no others are named
 * @param strict whether a campaign that nobody knows is a fault, or is waited for
 */
export function normaliseConversion(
  input: ConversionInput,
  {
    installation_currency,
    resolved,
    origin,
    strict,
  }: {
    installation_currency: string;
    resolved: ResolvedCampaign | undefined;
    origin: SendOrigin | undefined;
    strict: boolean;
  },
): { version: ConversionVersion; payload_hash: Buffer; faults: FieldFault[] } {
  const faults: FieldFault[] = [];
  const currency = input.currency ?? installation_currency;
  const isSale = input.kind === 'sale';
  const given = input.value ?? undefined;
  const value_minor = given === undefined ? null : amountReader(faults).money('value', given, currency);
  if (isSale && given === undefined) faults.push({ path: 'value', message: 'is required of a sale' });
  if (!isSale && input.order) {
    faults.push({ path: 'order', message: `belongs to a sale; a ${input.kind} is no order` });
  }
  if (strict && resolved !== undefined && 'fault' in resolved) {
    faults.push({ path: 'campaign', message: resolved.fault });
  }
  if (input.send_id && origin === undefined) {
    const message = `names no send: there is none ${input.send_id}; leave it out, or record the send first`;
    faults.push({ path: 'send_id', message });
  }
  const version = {
    id: derivedId('conversion', input.source, input.external_id),
    source: input.source,
    external_id: input.external_id,
    kind: input.kind,
    value_minor,
    currency,
    converted_at: input.converted_at,
    updated_at: input.updated_at ?? null,
    withdrawn: input.withdrawn,
    product_category: input.product_category ?? null,
    campaign_id: campaignOf(resolved, origin),
    reported_campaign: input.campaign ?? null,
    retailer: input.retailer ?? origin?.retailer ?? null,
    send_id: input.send_id ?? null,
    order_id: isSale ? orderIdOf(input) : null,
    names_order: isSale && input.order != null,
  };
  // A campaign that comes to be known makes a new version of the same message.
  return { version, payload_hash: hashOf({ ...version, customer: input.customer ?? null }), faults };
}

function campaignOf(resolved: ResolvedCampaign | undefined, origin: SendOrigin | undefined): string | null {
  if (resolved === undefined) return origin?.campaign_id ?? null;
  return 'campaign' in resolved ? resolved.campaign.id : null;
}

/** The order that a sale is: the one it names, or its own, of the CRM. */
function orderIdOf({ order, source, external_id }: ConversionInput): string {
  return derivedId('order', order?.source ?? source, order?.external_id ?? external_id);
}

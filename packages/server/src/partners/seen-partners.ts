import { type RawBuilder, sql } from 'kysely';
import { seenCampaignIds } from '../campaigns/index.ts';
import type { Scope } from '../vocabulary/permission.ts';
import { nameKeyOf } from './resolve-partners.ts';

/**
 * Whether somebody sees a row of `partners`: all of them; a retailer itself; an owner of campaigns itself and the
 * partners that its campaigns mailed. It stands in the queries themselves, so that what is not seen is not read.
 */
export function isSeenPartner(scope: Scope): RawBuilder<boolean> {
  switch (scope.kind) {
    case 'all':
      return sql`true`;
    case 'retailer':
      return sql`partners.kind = 'retailer' and ${isCalled(scope.retailers)}`;
    case 'owner':
      return sql`(
        partners.kind <> 'retailer' and ${isCalled(scope.owners)}
        or exists (
          select from email_campaigns mailing
           where mailing.campaign_id = any(array${seenCampaignIds(scope)})
             and exists (
               select from email_rollups
                where email_campaign_id = mailing.id and partner_id = partners.id and grain = 'day' and sent > 0)))`;
  }
}

function isCalled(names: string[]): RawBuilder<boolean> {
  return sql`exists (
    select from partner_names named
     where named.partner_id = partners.id and named.name_key = any(${names.map(nameKeyOf)}::text[]))`;
}

import type { AttributionTables } from './tables/attribution.ts';
import type { CampaignTables } from './tables/campaigns.ts';
import type { EmailTables } from './tables/emails.ts';
import type { IntakeTables } from './tables/intake.ts';
import type { LedgerTables } from './tables/ledger.ts';
import type { OrderTables } from './tables/orders.ts';
import type { PartnerTables } from './tables/partners.ts';
import type { PeopleTables } from './tables/people.ts';
import type { ProductTables } from './tables/products.ts';
import type { RollupTables } from './tables/rollups.ts';
import type { TouchTables } from './tables/touches.ts';

/** Every table by its name, as rows are read and written. One column a line; a test compares them with the database. */
export interface Tables
  extends PeopleTables,
    ProductTables,
    CampaignTables,
    PartnerTables,
    TouchTables,
    EmailTables,
    OrderTables,
    AttributionTables,
    LedgerTables,
    RollupTables,
    IntakeTables {}

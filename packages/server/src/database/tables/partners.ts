import type { Once } from './column-types.ts';

/** Who sells and promotes beside us. */
export interface PartnerTables {
  partners: {
    id: Once<string>;
    kind: Once<'retailer' | 'brand' | 'advertiser'>;
    name: string;
    email: string | null;
    region: string | null;
    active: boolean;
    created_at: Once<Date>;
    updated_at: Date;
  };
  partner_names: {
    kind: Once<'retailer' | 'brand' | 'advertiser'>;
    name_key: Once<string>;
    partner_id: Once<string>;
    name: Once<string>;
    position: Once<number>;
  };
}

import type { ZodType } from 'zod';
import type { Database } from '../../../database/index.ts';
import {
  conversionInput,
  customerInput,
  orderInput,
  recordConversions,
  recordCustomers,
  recordOrders,
} from '../../../orders/index.ts';
import { productInput, recordProducts } from '../../../products/index.ts';
import { recordSends, recordVisits, sendRowInput, visitRow } from '../../../touches/index.ts';
import type { ItemOutcome } from '../../../vocabulary/batch.ts';
import type { Clock } from '../../../vocabulary/clock.ts';
import { recordSpendRows, spendRow } from './spend-row.ts';

export const importKinds = [
  'products',
  'customers',
  'orders',
  'spend',
  'visits',
  'sends',
  'conversions',
] as const;
export type ImportKind = (typeof importKinds)[number];

export type RecordContext = {
  clock: Clock;
  /** As the audit log names it. */
  actor: string;
  /** The installation's currency. */
  currency: string;
  /** A visit lives this long after its last activity. */
  visitWindowDays: number;
  createMissingProducts: boolean;
};

/** What files can hold: its shape, and the verb of its room by which it enters. */
type Importable<S extends ZodType> = {
  schema: S;
  record(db: Database, inputs: never[], context: RecordContext): Promise<ItemOutcome[]>;
};

/** Files enter by the same verbs as the API's requests, so that nothing is written in two ways. */
export const importables: Record<ImportKind, Importable<ZodType>> = {
  products: { schema: productInput, record: recordProducts },
  customers: { schema: customerInput, record: recordCustomers },
  orders: {
    schema: orderInput,
    record: (db, inputs, context) => recordOrders(db, inputs, { ...context, receivedVia: 'import' }),
  },
  spend: { schema: spendRow, record: recordSpendRows },
  sends: { schema: sendRowInput, record: recordSends },
  conversions: {
    schema: conversionInput,
    record: (db, inputs, context) => recordConversions(db, inputs, { ...context, receivedVia: 'import' }),
  },
  visits: { schema: visitRow, record: recordVisits },
};

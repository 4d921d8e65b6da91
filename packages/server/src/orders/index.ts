/** The door of the room that holds what was sold: customers, orders with their lines, refunds. */
export { conversionInput } from './conversions/conversion-input.ts';
export { readClaims, type SaleClaim } from './conversions/read-claims.ts';
export { recordConversions } from './conversions/record-conversions.ts';
export { eraseCustomers, exportCustomers, findPerson } from './customers-of-person.ts';
export {
  customerInput,
  type OrderInput,
  orderInput,
  orderStatuses,
  type RefundInput,
} from './order-input.ts';
export { type OrderFacts, readOrderFacts } from './read-order-facts.ts';
export { readEmailHashes, readSamePeople } from './read-same-people.ts';
export { findWrongRefundTotals, rebuildRefundTotals } from './rebuild-refund-totals.ts';
export { recordCustomers } from './record-customers.ts';
export { recordOrders } from './record-orders.ts';
export { recordRefund } from './record-refund.ts';
export { routes } from './routes.ts';
export { lineKey, refuseUnseenOrder, seenLines, seenOrderIds } from './seen-orders.ts';
export { type LineValue, type OrderValue, valueOrder } from './value-order.ts';

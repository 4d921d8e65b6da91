import type { AcquisitionMeasures } from '../../rollups/index.ts';
import { divideRounded, type Minor } from '../../vocabulary/money.ts';
import { ratioE4 } from '../figures.ts';

/** What customer figures are computed from. */
export type CustomerSums = {
  measures: AcquisitionMeasures;
  spend_minor: Minor;
  /** Whether credit of first orders is known: FULL credit of several campaigns repeats the same sales. */
  adds_up: boolean;
  /** Whether what customers bought elsewhere in the shop may be told. */
  sees_shop: boolean;
};

/** The figures of customers acquired over a range, in one currency, under one model. What is divided by zero is null. */
export type CustomerFigures = {
  /** Customers whose first credited order lies in the range. */
  customers: bigint;
  /** Credited revenue of customers' first orders, and how many of these hold credit; null where it is not known. */
  new_customer_revenue_minor: Minor | null;
  new_customer_orders: bigint | null;
  spend_minor: Minor;
  /** spend / customers acquired. */
  cac_minor: Minor | null;
  /** All that the customers acquired have bought to date, and in how many orders; null to who sees only their own. */
  revenue_to_date_minor: Minor | null;
  orders_to_date: bigint | null;
  /** Revenue to date / customers acquired. */
  ltv_minor: Minor | null;
  /** LTV / CAC, which is revenue to date / spend. */
  ltv_to_cac_e4: bigint | null;
};

export type ComparedCustomers = { figures: CustomerFigures; previous: CustomerFigures | undefined };

export function customerFiguresOf({
  measures,
  spend_minor,
  adds_up,
  sees_shop,
}: CustomerSums): CustomerFigures {
  const { customers, orders, revenue_minor, new_orders, new_revenue_minor } = measures;
  return {
    customers,
    new_customer_revenue_minor: adds_up ? new_revenue_minor : null,
    new_customer_orders: adds_up ? new_orders : null,
    spend_minor,
    cac_minor: perCustomer(spend_minor, customers),
    revenue_to_date_minor: sees_shop ? revenue_minor : null,
    orders_to_date: sees_shop ? orders : null,
    ltv_minor: sees_shop ? perCustomer(revenue_minor, customers) : null,
    ltv_to_cac_e4: sees_shop && customers > 0n ? ratioE4(revenue_minor, spend_minor) : null,
  };
}

function perCustomer(minor: Minor, customers: bigint): Minor | null {
  return customers > 0n ? divideRounded(minor, customers) : null;
}

/** What the shop sells, in euros. */
export const goods = [
  { external_id: 'linen-dress', name: 'Linen dress', price: 89.9, cost: 31.5 },
  { external_id: 'silk-scarf', name: 'Silk scarf', price: 39.5, cost: 12.2 },
];

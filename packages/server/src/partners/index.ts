/** The door of the room that holds partners: retailers, brands and advertisers. */
export { nameKeyOf, type PartnerKind, resolvePartners } from './resolve-partners.ts';
export { routes } from './routes.ts';
export { isSeenPartner } from './seen-partners.ts';

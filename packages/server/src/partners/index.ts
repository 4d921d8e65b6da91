/** The door of the room that holds partners: retailers, brands and advertisers. */
export { nameKeyOf, resolvePartners } from './resolve-partners.ts';
export { routes } from './routes.ts';

/** The door of the room that holds partners: retailers, brands and advertisers. */
export { eraseContacts, exportContacts } from './contacts-of-person.ts';
export { isOneOfRetailers } from './names-of-retailers.ts';
export { nameKeyOf, resolvePartners } from './resolve-partners.ts';
export { routes } from './routes.ts';

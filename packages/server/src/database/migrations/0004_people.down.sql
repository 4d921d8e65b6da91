-- Without the column a key limited to somebody's facts would open everybody's.
update api_keys set revoked_at = coalesce(revoked_at, now()) where scope_kind is not null;
alter table api_keys drop column scope_kind, drop column owner_scope;
drop table sign_in_attempts;
drop table user_sessions;
drop table users;

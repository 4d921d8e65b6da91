alter table customers drop column erased_at;
drop table erased_people;

drop index orders_by_session;
drop table order_touches, customer_sessions, session_customers, session_activities, clicks;
delete from campaigns where channel is not null;
drop index campaigns_channel_unique;
alter table campaigns drop column channel;

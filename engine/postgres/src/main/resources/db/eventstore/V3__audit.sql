alter table outcome add column type text, add column correlation_id uuid;
comment on column outcome.type is 'The stable name of the command; null in rows from before it was recorded';
comment on column outcome.correlation_id is 'The id of the command that began it all; null in rows from before it was recorded';

-- To find one event by its id, what one command began, and what happened by type and by time. Nobody decides by them.
create index event_id on event using hash (id);
create index event_correlation on event (correlation_id, position);
create index event_type on event (type, position);
create index event_recorded_at on event using brin (recorded_at);

create table parked (
    number     bigint generated always as identity,
    consumer   text not null,
    message_id text not null,
    key        text not null,
    attempts   integer not null,
    reason     text not null,
    stack      text not null,
    headers    jsonb not null,
    body       bytea not null,
    parked_at  timestamptz not null,
    constraint parked_message primary key (consumer, message_id)
);
create index parked_message_id on parked (message_id);
comment on table parked is 'Messages that could not be read or handled';
comment on column parked.number is 'The order of parking, in which messages of one key are replayed';
comment on column parked.key is 'The stream in whose order the message stood; empty if that could not be read';
